import Foundation
import Transformers

/// Times of whole passes over a checkpoint of GPT-2 small's shape.
struct ModelBench {
  let runtime: any Runtime
  private let ids = (0..<128).map { ($0 * 7919) % 50257 }

  init(_ folder: URL) throws {
    runtime = try Model(contentsOf: folder).runtime(.single)
  }

  func run() throws {
    let all = RunRequest(Batch(ids: [ids]), output: .all)
    let last = RunRequest(Batch(ids: [ids]), output: .last(of: [ids.count]))
    let everything = RunRequest(Batch(ids: [ids]), captures: captures, output: .all)
    print(try Measurement("forward 128, all logits") { _ = try runtime.run(all) }.json)
    print(try Measurement("forward 128, last row") { _ = try runtime.run(last) }.json)
    print(try Measurement("forward 128, everything kept") { _ = try runtime.run(everything) }.json)
    let generation = GenerationRequest(ids: Array(ids.prefix(16)), count: 64)
    let prefill = RunRequest(Batch(ids: [Array(ids.prefix(16))]), output: .last(of: [16]))
    print(try Measurement("prefill 16, last row") { _ = try runtime.run(prefill) }.json)
    print(
      try Measurement("prefill 16 and 64 greedy tokens", count: 5) {
        _ = try runtime.generate(generation) { _ in }
      }.json)
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
