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
  }

  let runtime: any Runtime
  private let ids = (0..<128).map { ($0 * 7919) % 50257 }

  init(_ folder: URL) throws {
    runtime = try Model(contentsOf: folder).runtime(.single)
  }

  /// One pass over the prompt with all logits.
  func forward() throws {
    _ = try runtime.run(RunRequest(Batch(ids: [ids]), output: .all))
  }

  func times() throws -> Times {
    let last = RunRequest(Batch(ids: [ids]), output: .last(of: [ids.count]))
    let everything = RunRequest(Batch(ids: [ids]), captures: captures, output: .all)
    var times = Times()
    times.allLogits = try Measurement("forward", forward).median
    times.everythingKept = try Measurement("forward, kept") { _ = try runtime.run(everything) }
      .median
    times.lastRow = try Measurement("forward, last") { _ = try runtime.run(last) }.median
    times.decodedToken = try decodedToken()
    return times
  }

  /// The time of one more token behind a cache: the difference of two generations.
  private func decodedToken() throws -> Double {
    func generate(_ count: Int) throws -> Double {
      let request = GenerationRequest(ids: Array(ids.prefix(16)), count: count)
      return try Measurement("generate", count: 5) { _ = try runtime.generate(request) { _ in } }
        .median
    }
    return (try generate(65) - generate(1)) / 64
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
