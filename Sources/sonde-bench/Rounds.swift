import Foundation

/// The whole benchmark, in rounds: in each, the other programs are timed, and then we are.
///
/// A machine that others share is slow for minutes at a time; a ratio within a round, and the median
/// of the rounds, is what that disturbs least.
struct Rounds {
  static let count = 5

  let folder: URL
  let program: URL
  let peers: PeerProgram?

  /// Runs all rounds and prints the table.
  func run() throws {
    var report = Report()
    let model = try ModelBench(folder)
    try memory(model, into: &report)
    let gradients = try GradientBench(folder)
    let similarities = SimilarityBench.all()
    for round in 1...Self.count {
      Self.say(round)
      let times = try peers?.times([folder.path]) ?? Peers()
      try start(into: &report, times)
      try passes(model, into: &report, times)
      report.speed(
        "there and back, 64 tokens, all parameters", try gradients.seconds(),
        against: times["torch-gradients-64"], "torch", atLeast: 1)
      report.speed(
        "one training step, 16 rows of 128", try TrainingBench.seconds(),
        against: times["torch-step"], "torch", atLeast: 1)
      try SimilarityBench.report(similarities, into: &report, peers: times)
    }
    let peak = try gradients.peakBytes()
    report.share(
      "peak memory, there and back, 128 tokens", peak.both, of: peak.forward, "forward alone",
      unit: .megabytes, wanted: "below 3")
    report.write()
  }

  /// Runs the rounds of similarities alone.
  static func similarities(peers: PeerProgram) throws {
    var report = Report()
    let similarities = SimilarityBench.all()
    for round in 1...count {
      say(round)
      try SimilarityBench.report(
        similarities, into: &report, peers: peers.times(["similarity"]))
    }
    report.write()
  }

  private static func say(_ round: Int) {
    FileHandle.standardError.write(Data("round \(round) of \(count)\n".utf8))
  }

  /// Measured once, before anything else has taken memory.
  private func memory(_ model: ModelBench, into report: inout Report) throws {
    try model.forward()
    report.share(
      "resident after one forward", Limits.residentBytes(), of: Double(model.weightBytes),
      "the file",
      unit: .megabytes, wanted: "below 1.3")
  }

  private func start(into report: inout Report, _ peers: Peers) throws {
    let start = StartBench(program: program, folder: folder)
    report.share(
      "start, no model", try start.bareStart(), of: 0.030, "what is allowed,", wanted: "at most 1")
    report.speed(
      "start to first logits, 16 tokens", try start.firstLogits(),
      against: peers["transformers-start"], "transformers", atLeast: 30)
  }

  private func passes(_ model: ModelBench, into report: inout Report, _ peers: Peers) throws {
    let times = try model.times()
    report.speed(
      "128 tokens, all logits", times.allLogits, against: peers["transformers-128"],
      "transformers", atLeast: 1.25)
    report.speed(
      "128 tokens, last row", times.lastRow, against: peers["llama.cpp-128"], "llama.cpp",
      atLeast: 1.2)
    report.share(
      "128 tokens, everything kept", times.everythingKept, of: times.allLogits, "nothing kept",
      wanted: "below 1.15")
    report.reached(
      "one decoded token", times.decodedToken, of: times.weightsRead, "reading the weights",
      wanted: "at least 0.9")
    report.reached(
      "128 tokens, all logits, of the best rate", times.allLogits,
      of: 31.6e9 / Limits.productRate(), "products at the best rate", wanted: "–")
  }
}
