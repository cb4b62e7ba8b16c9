import Corpora
import Testing
import Transformers

@testable import Analysis

@Suite struct AttentionNormTests {
  private func experiment() throws -> (Experiment, [AnnotatedRow]) {
    let model = try TinyModels.bert()
    let texts = ["the cat sat", "the dog", "the cats sat the dog", "dog sat"]
    return (
      Experiment(model: model, runtime: try model.runtime(.double)),
      try texts.map { try AnnotatedRow(AnnotatedText($0), for: model) }
    )
  }

  @Test func everyHeadAndEachAttentionAsAWholeAreRead() throws {
    let (experiment, rows) = try experiment()
    let places = experiment.model.description.attentionPlaces
    let sums = try experiment.attentionNormSums(over: rows, places: places)
    let readings = sums.readings(seed: 0)
    #expect(readings.map(\.head) == [0, 1, nil, 0, 1, nil])
    #expect(sums.deviation < 1e-12)
    for reading in readings {
      #expect(reading.specialWeight.value > 0 && reading.specialWeight.value < 1)
      #expect(reading.specialNorm.value > 0 && reading.specialNorm.value < 1)
      guard reading.head != nil else { continue }
      #expect(reading.dispersion.value > 0)
      #expect(reading.correlation.low <= reading.correlation.value)
      #expect(reading.correlation.value <= reading.correlation.high)
      #expect((0...1).contains(reading.p) && !reading.frequency.isNaN)
    }
  }

  @Test func sharesOfSpecialTokensAreThoseOfTheMatrices() throws {
    let (experiment, rows) = try experiment()
    let place = AttentionPlace(layer: 1)
    let sums = try experiment.attentionNormSums(over: [rows[0]], places: [place])
    let terms = try experiment.attentionTerms(rows[0].row, [place])[0]
    let special = rows[0].tokens.indices.filter { rows[0].tokens[$0].origin == .template }
    #expect(special == [0, 4])
    for (reading, norms) in zip(
      sums.readings(seed: 0), [terms.headNorms(0), terms.headNorms(1), terms.blockNorms()])
    {
      let part = (0..<5).reduce(0) { sum, query in
        sum + special.reduce(0) { $0 + norms[query, $1] }
      }
      #expect(abs(reading.specialNorm.value - part / norms.elements.reduce(0, +)) < 1e-12)
    }
  }

  @Test func specialTokensThatAreLeftOutLeaveTheirMass() throws {
    let (experiment, rows) = try experiment()
    let places = experiment.model.description.attentionPlaces
    let kept = try experiment.attentionNormSums(over: rows, places: places)
    let dropped = try experiment.attentionNormSums(over: rows, places: places, dropsKeys: true)
    #expect(kept.dropped == 0 && dropped.dropped > 0.1 && dropped.dropped < 1)
    #expect(
      kept.readings(seed: 0)[0].dispersion.value != dropped.readings(seed: 0)[0].dispersion.value)
  }

  @Test func oneTextHasNoInterval() throws {
    let (experiment, rows) = try experiment()
    let sums = try experiment.attentionNormSums(
      over: [rows[2]], places: experiment.model.description.attentionPlaces)
    #expect(sums.readings(seed: 0)[0].correlation.low.isNaN)
  }
}
