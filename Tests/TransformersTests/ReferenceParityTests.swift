import Tensors
import TestSupport
import Testing
import Transformers

/// Parity with Hugging Face transformers on whole checkpoints: every hidden state, every attention
/// map and all logits, absolute and two-sided.
@Suite struct ReferenceParityTests {
  static let families = ["gpt2", "llama_gqa", "bert", "roberta", "bart", "marian", "vit", "deit"]
  static let fixtures = [
    "roberta-prelayernorm", "roberta-prelayernorm-tasks", "roberta-labels", "bert-labels",
    "mbart", "vit-oblong",
  ]
  static let available =
    families.filter {
      SharedData.isAvailable("reference/\($0)/reference.safetensors")
    } + fixtures

  private func checkpoint(_ name: String) throws -> ReferenceCheckpoint {
    try ReferenceCheckpoint(
      Self.fixtures.contains(name)
        ? SharedData.projectRoot.appendingPathComponent("Tests/Fixtures/Stacks/\(name)")
        : SharedData.url("reference/\(name)"))
  }

  @Test(arguments: available, Precision.allCases)
  func everyOutputAgrees(family: String, precision: Precision) throws {
    let reference = try checkpoint(family)
    let rows = reference.batch.ids.indices
    let comparisons = reference.comparisons
    let captures = rows.flatMap { row in comparisons.map { Capture(site: $0.site, row: row) } }
    let result = try reference.model.runtime(precision).run(
      RunRequest(reference.batch, captures: captures, output: .all))
    let logits = try #require(result.logits).cast(to: Float.self)
    for row in rows {
      let own = try logits.read(Region([Array(result.rows[row]), nil])).elements
      #expect(distance(own, try reference.expectedLogits(row: row)) < 1e-4, "logits, row \(row)")
      for comparison in comparisons {
        let capture = Capture(site: comparison.site, row: row)
        var found = try #require(result.captured[capture]).cast(to: Float.self)
        let keys = comparison.site.kind.isPairwise ? comparison.keys[row] : nil
        if let keys { found = try found.read(Region([nil, nil, nil, Array(keys.indices)])) }
        let expected = try reference.expected(
          comparison.name, row: row, positions: comparison.positions[row], keys: keys)
        #expect(distance(found.elements, expected) < 1e-4, "\(comparison.name), row \(row)")
      }
    }
  }

  @Test(arguments: available)
  func aChangedWeightIsNoticed(family: String) throws {
    let reference = try checkpoint(family)
    let edit = Edit(
      id: 1, site: Site(.mlpPost, layer: 0), components: [3], action: .scale(1.5))
    let result = try reference.model.runtime(.single).run(
      RunRequest(reference.batch, edits: [edit], output: .all))
    let logits = try #require(result.logits).cast(to: Float.self)
    let own = try logits.read(Region([Array(result.rows[0]), nil])).elements
    #expect(distance(own, try reference.expectedLogits(row: 0)) > 1e-4)
  }

  @Test(arguments: available)
  func aRowAloneEqualsTheRowInABatch(family: String) throws {
    let reference = try checkpoint(family)
    let runtime = try reference.model.runtime(.single)
    let both = try runtime.run(RunRequest(reference.batch, output: .all))
    let alone = try runtime.run(RunRequest(reference.alone(1), output: .all))
    let batched = try #require(both.logits).cast(to: Float.self)
      .read(Region([Array(both.rows[1]), nil])).elements
    let single = try #require(alone.logits).cast(to: Float.self).elements
    let scale = single.map(abs).max() ?? 1
    #expect(distance(batched, single) <= Double(scale) * 1e-5)
  }
}
