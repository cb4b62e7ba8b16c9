import Foundation
import Tensors

// sonde-bench FOLDER: writes a random checkpoint of GPT-2 small's shape, unless it is there.
// sonde-bench FOLDER PROGRAM [PEERS]: sets Sonde's times on it against the machine's limits and
// against the times of other programs in the file PEERS. `sonde-bench similarity PEERS` measures the
// similarities alone. scripts/bench calls all of them.
func benchmark(_ folder: URL, program: URL, peers file: String?) throws {
  let peers = try Peers(file)
  var report = Report()

  let start = StartBench(program: program, folder: folder)
  let bare = try start.bareStart()
  report.share(
    "start, no model", Report.milliseconds(bare), of: "30 ms", bare / 0.030, wanted: "at most 1")
  report.speed(
    "start to first logits, 16 tokens", try start.firstLogits(),
    against: peers["transformers-start"],
    "transformers", atLeast: 30)

  let bench = try ModelBench(folder)
  try bench.forward()
  let size =
    try folder.appendingPathComponent("model.safetensors").resourceValues(
      forKeys: [.fileSizeKey]
    ).fileSize ?? 0
  let memory = Limits.residentBytes()
  report.share(
    "resident after one forward", String(format: "%.0f MB", memory / 1e6), of: "the file",
    memory / Double(size), wanted: "below 1.3")

  let times = try bench.times()
  report.speed(
    "128 tokens, all logits", times.allLogits, against: peers["transformers-128"], "transformers",
    atLeast: 1.25)
  report.speed(
    "128 tokens, last row", times.lastRow, against: peers["llama.cpp-128"], "llama.cpp",
    atLeast: 1.2)
  report.share(
    "128 tokens, everything kept", Report.milliseconds(times.everythingKept), of: "nothing kept",
    times.everythingKept / times.allLogits, wanted: "below 1.15")
  let gradients = try GradientBench(folder)
  let peak = try gradients.peakBytes()
  report.share(
    "peak memory, there and back, 128 tokens", String(format: "%.0f MB", peak.both / 1e6),
    of: String(format: "forward alone %.0f MB", peak.forward / 1e6), peak.both / peak.forward,
    wanted: "below 3")
  report.speed(
    "there and back, 64 tokens, all parameters", try gradients.seconds(),
    against: peers["torch-gradients-64"], "torch", atLeast: 1)
  let floor = Double(size) / Limits.readBandwidth()
  report.share(
    "one decoded token", Report.milliseconds(times.decodedToken),
    of: "reading the weights \(Report.milliseconds(floor))", floor / times.decodedToken,
    wanted: "at least 0.9")
  let products = 31.6e9 / Limits.productRate()
  report.share(
    "128 tokens, all logits", Report.milliseconds(times.allLogits),
    of: "products at the best rate \(Report.milliseconds(products))", products / times.allLogits,
    wanted: "–")
  report.speed(
    "one training step, 16 rows of 128", try TrainingBench.seconds(),
    against: peers["torch-step"], "torch", atLeast: 1)
  try SimilarityBench.report(into: &report, peers: peers)
  report.write()
}

let arguments = CommandLine.arguments
guard (2...4).contains(arguments.count) else {
  let usage = "usage: sonde-bench FOLDER [PROGRAM [PEERS]], or sonde-bench similarity PEERS\n"
  FileHandle.standardError.write(Data(usage.utf8))
  exit(2)
}
if arguments[1] == "similarity" {
  do {
    var report = Report()
    try SimilarityBench.report(
      into: &report, peers: Peers(arguments.count > 2 ? arguments[2] : nil))
    report.write()
    exit(0)
  } catch {
    FileHandle.standardError.write(Data("sonde-bench: \(error)\n".utf8))
    exit(1)
  }
}
let folder = URL(fileURLWithPath: arguments[1], isDirectory: true)
do {
  try BenchCheckpoint.prepare(in: folder)
  if arguments.count > 2 {
    try benchmark(
      folder, program: URL(fileURLWithPath: arguments[2]),
      peers: arguments.count == 4 ? arguments[3] : nil)
  }
} catch {
  FileHandle.standardError.write(Data("sonde-bench: \(error)\n".utf8))
  exit(1)
}
