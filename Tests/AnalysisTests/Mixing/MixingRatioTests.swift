import Corpora
import Tensors
import Testing
import Transformers

@testable import Analysis

@Suite struct MixingRatioTests {
  @Test(arguments: MixingVariant.allCases.filter { $0 != .normedNorms })
  func attentionToItselfAloneMixesNothing(variant: MixingVariant) {
    #expect(Planted.terms(own: 1, kept: 2).mixing(variant) == [0, 0])
  }

  @Test func withoutResidualAndSelfAttentionEverythingComesFromOthers() {
    let terms = Planted.terms(own: 0)
    #expect(terms.mixing(.attentionWeights) == [1, 1])
    #expect(terms.mixing(.attentionNorms) == [1, 1])
    #expect(terms.mixing(.residualNorms) == [1, 1])
    #expect(terms.mixing(.residualWeights) == [0.5, 0.5])
  }

  @Test func theFirstTokenOfACausalModelTakesNothingFromOthers() throws {
    let fixture = try Fixture("llama")
    let terms = try fixture.experiment(.single).attentionTerms(
      try fixture.row(), [AttentionPlace(layer: 0)])
    for variant in MixingVariant.allCases { #expect(terms[0].mixing(variant)[0] == 0) }
  }

  @Test func ratiosAreThoseOfLengths() {
    let terms = Planted.terms(own: 0.5, kept: 3)
    // The first token takes (0, 1) from the other and (0.5, 0) from itself, and keeps 3.
    #expect(abs(terms.mixing(.attentionNorms)[0] - 1 / 1.5) < 1e-12)
    let own = (0.25 + 9.0).squareRoot()
    #expect(abs(terms.mixing(.residualNorms)[0] - 1 / (1 + own)) < 1e-12)
  }

  @Test func whereBothLengthsAreZeroThereIsNoRatio() {
    let nothing = AttentionTerms(
      place: AttentionPlace(layer: 0), patterns: [Matrix([[1]])], sources: [Matrix([[0, 0]])],
      written: Matrix([[0, 0]]), kept: Matrix([[0, 0]]))
    #expect(nothing.mixing(.residualNorms)[0].isNaN)
    var sums = MixingSums(rows: 1, places: [nothing.place], variants: [.residualNorms])
    sums.add(nothing, row: 0, queries: [0])
    #expect(sums.reading(0, .residualNorms, seed: 0) == nil && sums.overall(.residualNorms).isNaN)
  }

  @Test func aNormActsOnEachSummandWithTheStatisticsOfTheSum() throws {
    let fixture = try Fixture("bert")
    let experiment = try fixture.experiment(.double)
    let row = try fixture.row()
    let place = AttentionPlace(layer: 1)
    let terms = try experiment.attentionTerms(row, [place])[0]
    let norm = try #require(terms.norm)
    let site = Site(.ln1, layer: 1)
    let capture = Capture(site: site)
    let bias = try experiment.runtime.outputBias(of: place)
    let result = try experiment.run([row], captures: [capture])
    let normed = try #require(result.captured[capture]).doubles.chunked(16)
    // Behind the norm the summands, and that of the projection's bias, add up to what it gives.
    let first = (0..<terms.queries).map { query in
      let own = zip(terms.kept.row(query), terms.own(query)).map { $0 + $1 }
      let parts = [own, terms.others(query), bias].map { norm.applied(to: $0, query: query) }
      return (0..<16).map { column in parts.reduce(0) { $0 + $1[column] } }
    }
    // The norm's own bias is what is left, the same at every position.
    let left = zip(normed, first).map { zip($0, $1).map { $0 - $1 } }
    for query in left.indices { #expect(distance(left[query], left[0]) < 1e-10) }
    #expect(fixture.model.description.fittingMixing == .normedNorms)
    #expect(try Fixture("llama").model.description.fittingMixing == .residualNorms)
  }

  @Test func attentionToTheOtherSideHasRatiosWithTheResidualAlone() throws {
    let model = try TinyModels.mbart()
    let experiment = Experiment(model: model, runtime: try model.runtime(.double))
    let prompt = Prompt("the cat sat", target: .text("the dog"))
    let row = try AnnotatedRow(AnnotatedText(""), prompt: prompt, for: model)
    let sums = try experiment.mixingSums(over: [row, row], MixingVariant.allCases)
    let cross = sums.places.firstIndex { $0.isCross } ?? 0
    #expect(sums.reading(cross, .attentionWeights, seed: 0) == nil)
    let reading = try #require(sums.reading(cross, .residualNorms, seed: 0))
    #expect(reading.mean.value > 0 && reading.mean.value < 1)
    // Two equal texts show no spread, and nothing can be said of the mean's.
    #expect(reading.mean.low.isNaN && reading.mean.high.isNaN)
    #expect(reading.least <= reading.mean.value && reading.mean.value <= reading.most)
    #expect(sums.deviation < 1e-12)
  }

  @Test func specialTokensCanBeLeftOutAsReceivers() throws {
    let model = try TinyModels.bert()
    let experiment = Experiment(model: model, runtime: try model.runtime(.double))
    let row = try AnnotatedRow(AnnotatedText("the cat sat"), for: model)
    let all = try experiment.mixingSums(over: [row], [.residualNorms])
    let plain = try experiment.mixingSums(over: [row], [.residualNorms], keepsSpecial: false)
    let ratios = try experiment.attentionTerms(row.row, [AttentionPlace(layer: 0)])[0]
      .mixing(.residualNorms)
    let inner = ratios.dropFirst().dropLast()
    for (sums, expected) in [(all, ratios.reduce(0, +) / 5), (plain, inner.reduce(0, +) / 3)] {
      let mean = sums.reading(0, .residualNorms, seed: 0)?.mean.value
      #expect(abs((mean ?? 0) - expected) < 1e-12)
    }
  }

  @Test func onlyMeasuredModelsHavePublishedRatios() throws {
    #expect(PublishedMixing.of(try Fixture("bert").model.description) == nil)
    var large = try Fixture("bert").model.description
    large.width = 768
    large.vocabularySize = 30_522
    large.blocks = Array(repeating: large.blocks[0], count: 12)
    for layer in 0..<12 { large.blocks[layer].attention.heads = 12 }
    #expect(PublishedMixing.of(large)?.numbers[.normedNorms]?.mean == 18.75)
  }
}
