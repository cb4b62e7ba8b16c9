import Analysis
import Faults
import Statistics
import Tensors
import Testing
import Transformers

@Suite struct HeadMatricesTests {
  private let head = HeadPlace(layer: 1, head: 1)

  /// Values in another basis of the head, with outputs to match: G has determinant 1 and is no
  /// rotation.
  private static let gauge: @Sendable (String, inout [Double]) -> Void = { name, elements in
    let g = Matrix([[1, 1, 0, 0], [0, 1, 0, 0], [0, 0, 2, 0], [0, 0, 0, 0.5]])
    let inverse = Matrix([[1, -1, 0, 0], [0, 1, 0, 0], [0, 0, 0.5, 0], [0, 0, 0, 2]])
    if name == "h.1.attn.c_attn.weight" {
      for row in 0..<8 {
        let start = row * 24 + 20
        let old = Matrix(rows: 1, columns: 4, Array(elements[start..<start + 4]))
        elements.replaceSubrange(start..<start + 4, with: old.times(g).elements)
      }
    }
    if name == "h.1.attn.c_proj.weight" {
      let old = Matrix(rows: 4, columns: 8, Array(elements[32..<64]))
      elements.replaceSubrange(32..<64, with: inverse.times(old).elements)
    }
  }

  @Test func anotherBasisOfTheHeadChangesNothing() throws {
    let plain = try TinyModels.gpt2().runtime(.double)
    let turned = try TinyModels.gpt2(edit: Self.gauge).runtime(.double)
    let (before, after) = (
      try HeadMatrices(head, of: plain), try HeadMatrices(head, of: turned)
    )
    #expect(distance(before.writing.product.elements, after.writing.product.elements) < 1e-13)
    #expect(abs(before.output.squaredNorm - after.output.squaredNorm) > 0.1)
    let sizes = try [plain, turned].map { try HeadSize.measure([head], of: $0)[0] }
    #expect(abs(sizes[0].norm - sizes[1].norm) < 1e-12)
    #expect(abs(sizes[0].top - sizes[1].top) < 1e-12)
    #expect(abs(sizes[0].effectiveRank - sizes[1].effectiveRank) < 1e-10)
    #expect(abs(sizes[0].share - sizes[1].share) < 1e-12)
    #expect(abs((sizes[0].unembedding ?? 0) - (sizes[1].unembedding ?? 9)) < 1e-12)
    let change = try HeadChange(head, before: plain, after: turned)
    #expect(change.writing < 1e-7 && change.looking == 0)
  }

  @Test func whatIsFoldedIsWhatTheHeadDoes() throws {
    let model = try TinyModels.gpt2()
    let experiment = Experiment(model: model, runtime: try model.runtime(.double))
    // The first token sees itself alone: the head writes x·W_V·W_O of it, and a constant.
    let written = try [3, 11].map { id -> ([Double], [Double]) in
      let row = try Prompt(.ids([id], types: nil, vocabularySize: 20)).row(for: model)
      let out = Capture(site: head.out)
      let stream = Capture(site: Site(.residPre, layer: 1))
      let statistics = Capture(site: Site(.ln1Statistics, layer: 1))
      let captured = try experiment.run([row], captures: [out, stream, statistics]).captured
      let inverse = captured[statistics]?.doubles[1] ?? .nan
      return (
        Array((captured[out]?.doubles ?? []).dropFirst(8)),
        (captured[stream]?.doubles ?? []).map { $0 * inverse }
      )
    }
    let matrices = try HeadMatrices(head, of: experiment.runtime)
    let step = zip(written[0].1, written[1].1).map { $0 - $1 }
    let predicted = Matrix([step]).times(matrices.writing.product).elements
    let actual = zip(written[0].0, written[1].0).map { $0 - $1 }
    let mean = actual.reduce(0, +) / 8
    #expect(distance(predicted, actual.map { $0 - mean }) < 1e-12)
  }

  @Test func rotaryMatricesGiveTheScoresOfTheirOffset() throws {
    let fixture = try Fixture("llama")
    let experiment = try fixture.experiment(.double)
    let row = try fixture.row()
    let place = HeadPlace(layer: 0, head: 2)
    let scores = Capture(site: place.scores, components: [2])
    let read = Capture(site: Site(.residPre, layer: 0))
    let statistics = Capture(site: Site(.ln1Statistics, layer: 0))
    let captured = try experiment.run([row], captures: [scores, read, statistics]).captured
    let streams = Matrix(rows: 6, columns: 16, captured[read]?.doubles ?? [])
    let inverse = captured[statistics]?.doubles ?? []
    let expected = captured[scores]?.doubles ?? []
    let matrices = try HeadMatrices(place, of: experiment.runtime)
    for (query, key) in [(5, 2), (4, 4), (3, 0)] {
      let product = matrices.looking(offset: key - query).product
      let left = Matrix([Array(streams.row(query))]).times(product)
      let score = left.times(Matrix([Array(streams.row(key))]), otherTransposed: true)[0, 0]
      let scaled =
        score * inverse[query * 2 + 1] * inverse[key * 2 + 1]
        * matrices.attention.scale
      #expect(abs(scaled - expected[query * 6 + key]) < 1e-11, "\(query) \(key)")
    }
  }

  @Test func sharesOfALayerSumToOne() throws {
    for name in Fixture.names {
      let fixture = try Fixture(name)
      let runtime = try fixture.model.runtime(.double)
      let places = fixture.model.description.allHeads
      let sizes = try HeadSize.measure(places, of: runtime)
      for layer in 0..<2 {
        let shares = sizes.filter { $0.place.layer == layer }.map(\.share)
        #expect(abs(shares.reduce(0, +) - 1) < 1e-12)
      }
      for size in sizes {
        #expect(size.effectiveRank >= 1 && size.effectiveRank <= 4.0001)
        #expect(size.top <= size.norm * 1.0000001)
        #expect((size.unembedding == nil) == (name == "bert"))
        #expect((size.readers ?? 1) > 0)
      }
    }
  }

  @Test func bothStacksAndCrossHeadsHaveSizes() throws {
    let model = try TinyModels.mbart()
    let places = model.description.allHeads
    let sizes = try HeadSize.measure(places, of: try model.runtime(.double))
    #expect(sizes.count == 6)
    for size in sizes {
      #expect(size.norm > 0 && size.readers != nil)
      #expect((size.unembedding == nil) == (size.place.side == .encoder))
    }
  }

  @Test func aSilentHeadHasNoRank() throws {
    let model = try TinyModels.gpt2 { name, elements in
      if name == "h.1.attn.c_proj.weight" { for index in 32..<64 { elements[index] = 0 } }
    }
    let size = try HeadSize.measure([head], of: try model.runtime(.double))[0]
    #expect(size.norm == 0 && size.effectiveRank.isNaN && size.share == 0)
    #expect(size.unembedding?.isNaN == true)
  }

  @Test func plantedImportanceIsFound() {
    let norms = (0..<16).map { Double(($0 * 7) % 16) }
    let layers = (0..<16).map { $0 / 4 }
    let loss = HeadMeasure("loss", norms.map { 2 * $0 + 1 })
    let found = HeadSizeTest.run(
      sizes: [HeadMeasure("norm", norms)], measures: [loss], importance: "loss",
      harmless: norms.map { $0 < 6 }, layers: layers, seed: 1)
    #expect(found.map(\.kind) == [.rank, .added, .harmless])
    #expect(abs(found[0].result.observed - 1) < 1e-12)
    #expect(found[0].corrected < 0.05)
    #expect(found[1].result.observed > 0)
    #expect(found[2].result.observed == 1)
    #expect(abs(found[0].result.nullMean) < 0.05)
  }

  @Test func checkpointsOfDifferentWidthsAreNotCompared() throws {
    let small = try TinyModels.gpt2().runtime(.double)
    let large = try Fixture("gpt2").model.runtime(.double)
    #expect(throws: Fault.self) { try HeadChange(head, before: small, after: large) }
  }
}
