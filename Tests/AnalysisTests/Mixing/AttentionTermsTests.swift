import Tensors
import Testing
import Transformers

@testable import Analysis

@Suite struct AttentionTermsTests {
  /// Every attention of a fixture's row in double precision.
  private func terms(_ name: String) throws -> [AttentionTerms] {
    let fixture = try Fixture(name)
    return try fixture.experiment(.double).attentionTerms(
      try fixture.row(), fixture.model.description.attentionPlaces)
  }

  @Test(arguments: Fixture.names)
  func theSummandsAddUpToWhatAttentionWrote(name: String) throws {
    for terms in try terms(name) { #expect(terms.deviation < 1e-12, "\(terms.place)") }
  }

  @Test func soTheyDoInEveryAttentionOfTwoStacks() throws {
    let model = try TinyModels.mbart()
    let experiment = Experiment(model: model, runtime: try model.runtime(.double))
    let row = try Prompt("the cat sat", target: .text("the dog")).row(for: model)
    let places = model.description.attentionPlaces
    #expect(places.count == 3 && places.filter(\.isCross).count == 1)
    for terms in try experiment.attentionTerms(row, places) {
      #expect(terms.deviation < 1e-12, "\(terms.place)")
      for query in 0..<terms.queries where terms.place.isCross {
        #expect(length(terms.own(query)) == 0)
      }
    }
  }

  @Test(arguments: Fixture.names)
  func lengthsOfBlocksAreThoseOfTheVectors(name: String) throws {
    for terms in try terms(name) {
      let norms = terms.blockNorms()
      for query in 0..<terms.queries {
        for key in 0..<terms.keys {
          var sum = [Double](repeating: 0, count: terms.written.columns)
          for head in 0..<terms.heads {
            let source = terms.sources[head].row(key)
            for (column, number) in source.enumerated() {
              sum[column] += terms.patterns[head][query, key] * number
            }
          }
          #expect(abs(norms[query, key] - length(sum)) < 1e-10)
          let head = terms.headNorms(0)[query, key]
          let single = terms.patterns[0][query, key] * length(terms.sources[0].row(key))
          #expect(abs(head - single) < 1e-12)
        }
      }
    }
  }

  @Test func lengthsGrowWithTheOutputProjection() {
    let terms = Planted.terms(own: 0.25)
    var larger = terms.sources
    for index in larger[0].elements.indices { larger[0].elements[index] *= 3 }
    let scaled = AttentionTerms(
      place: terms.place, patterns: terms.patterns, sources: larger,
      written: terms.patterns[0].times(larger[0]), kept: terms.kept)
    for (a, b) in zip(scaled.headNorms(0).elements, terms.headNorms(0).elements) {
      #expect(abs(a - 3 * b) < 1e-12)
    }
  }

  @Test func equalValuesMakeLengthsFollowWeights() {
    let pattern = Matrix([[0.2, 0.8], [0.5, 0.5]])
    let source = Matrix([[3, 4], [3, 4]])
    let terms = AttentionTerms(
      place: AttentionPlace(layer: 0), patterns: [pattern], sources: [source],
      written: pattern.times(source), kept: Matrix(zeros: 2, 2))
    for (norm, weight) in zip(terms.headNorms(0).elements, pattern.elements) {
      #expect(abs(norm - 5 * weight) < 1e-12)
    }
  }

  @Test func anInterventionOnAHeadShowsInTheDeviation() throws {
    let fixture = try Fixture("gpt2")
    let zeroed = try fixture.experiment(
      .double, [Intervention(.zero, at: try Address(parsing: "L0.H1"))])
    let terms = try zeroed.attentionTerms(try fixture.row(), [AttentionPlace(layer: 0)])
    #expect(terms[0].deviation > 0.01)
  }
}

/// Attention whose numbers are known.
enum Planted {
  /// Two tokens with one head; each gives itself `own` of its weight.
  static func terms(own: Double, kept: Double = 0, norm: AttentionTerms.NormBehind? = nil)
    -> AttentionTerms
  {
    let pattern = Matrix([[own, 1 - own], [1 - own, own]])
    let source = Matrix([[1, 0, 0], [0, 2, 0]])
    return AttentionTerms(
      place: AttentionPlace(layer: 0), patterns: [pattern], sources: [source],
      written: pattern.times(source), kept: Matrix([[0, 0, kept], [0, 0, kept]]), norm: norm)
  }
}
