import Foundation
import Transformers

/// Times of whole passes over a checkpoint of GPT-2 small's shape.
struct ModelBench {
  /// The medians, in seconds.
  struct Times {
    var allLogits = 0.0
    var lastRow = 0.0
    var everythingKept = 0.0
    var decodedToken = 0.0
    /// A plain read of all weights, which decoding cannot be faster than.
    var weightsRead = 0.0
  }

  let runtime: any Runtime
  /// The size of the checkpoint's file.
  let weightBytes: Int
  private let ids = (0..<128).map { ($0 * 7919) % 50257 }

  init(_ folder: URL) throws {
    runtime = try Model(contentsOf: folder).runtime(.single)
    weightBytes =
      try folder.appendingPathComponent("model.safetensors").resourceValues(
        forKeys: [.fileSizeKey]
      ).fileSize ?? 0
  }

  /// One pass over the prompt with all logits.
  func forward() throws {
    _ = try runtime.run(RunRequest(Batch(ids: [ids]), output: .all))
  }

  func times() throws -> Times {
    let last = RunRequest(Batch(ids: [ids]), output: .last(of: [ids.count]))
    let everything = RunRequest(Batch(ids: [ids]), captures: captures, output: .all)
    var times = Times()
    (times.allLogits, times.everythingKept) = try Measurement.medians(forward) {
      _ = try runtime.run(everything)
    }
    times.lastRow = try Measurement.median { _ = try runtime.run(last) }
    (times.decodedToken, times.weightsRead) = try decodedToken()
    return times
  }

  /// The time of one more token after a cache, the difference of two generations, and that of
  /// reading the weights, measured in turn.
  private func decodedToken() throws -> (token: Double, read: Double) {
    func generate(_ count: Int) throws {
      let request = GenerationRequest(ids: Array(ids.prefix(16)), count: count)
      _ = try runtime.generate(request) { _ in }
    }
    var tokens: [Double] = []
    var reads: [Double] = []
    for _ in 0..<3 {
      let times = try Measurement.medians(count: 1, { try generate(65) }, { try generate(1) })
      tokens.append((times.first - times.second) / 64)
      reads.append(Double(weightBytes) / Limits.readBandwidth())
    }
    return (Measurement.median(tokens), Measurement.median(reads))
  }

  /// What TransformerLens keeps by default: everything but the per-head outputs.
  private var captures: [Capture] {
    let outside: [Site.Kind] = [.embed, .pos, .finalStatistics, .final]
    let inside = Site.Kind.allCases.filter {
      $0.isInBlock && $0 != .headOut && $0 != .rotQ && $0 != .rotK
    }
    return outside.map { Capture(site: Site($0)) }
      + (0..<12).flatMap { layer in inside.map { Capture(site: Site($0, layer: layer)) } }
  }
}
