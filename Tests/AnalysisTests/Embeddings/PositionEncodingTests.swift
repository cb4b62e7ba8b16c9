import Faults
import Testing
import Transformers

@testable import Analysis

@Suite struct PositionEncodingTests {
  @Test func sinesAndCosinesHaveOneLengthAndKnowOnlyTheDistance() throws {
    let rows = try PositionEncoding.sinusoidalRows(count: 40, width: 512)
    let encoding = try PositionEncoding(.sinusoidal, rows: rows)
    for position in encoding.positions { #expect(abs(position.norm * position.norm - 256) < 1e-9) }
    for offset in encoding.offsets {
      #expect(offset.spread == 0)
      #expect(abs(offset.cosine - offset.sinusoidal) < 1e-12)
      let pair = zip(rows[3 % (40 - offset.offset)], rows[3 % (40 - offset.offset) + offset.offset])
      #expect(abs(pair.reduce(0) { $0 + $1.0 * $1.1 } - offset.dot) < 1e-9)
    }
    #expect(abs(encoding.offsetShare - 1) < 1e-12)
    #expect(encoding.shuffledShare.largest < 0.5)
    for position in encoding.positions {
      #expect(position.distance > 0.1 && abs(position.nearest - position.position) == 1)
    }
  }

  @Test func aModelsOwnTableIsTheDefinitionUpToTheOrderOfFeatures() throws {
    let encoding = try experiment(TinyModels.marian()).positionEncoding(of: .encoder, count: 16)
    #expect(encoding.kind == .sinusoidal)
    for offset in encoding.offsets { #expect(abs(offset.cosine - offset.sinusoidal) < 1e-6) }
  }

  @Test func rowsOfNoiseKnowNoDistance() throws {
    let encoding = try experiment(TinyModels.gpt2()).positionEncoding(of: .decoder, count: 100)
    #expect(encoding.kind == .learned)
    #expect(encoding.positions.count == 16)
    #expect(encoding.offsetShare <= encoding.shuffledShare.largest + 0.1)
  }

  @Test func turningKeepsLengthsAndDependsOnTheDistanceAlone() throws {
    let fixture = try Fixture("llama")
    let encoding = try fixture.experiment(.double).positionEncoding(of: .decoder, count: 20)
    guard case .rotary = encoding.kind else {
      Issue.record("\(encoding.kind)")
      return
    }
    for offset in encoding.offsets { #expect(offset.spread == 0) }
    let norms = encoding.positions.map(\.norm)
    #expect((norms.max() ?? 0) - (norms.min() ?? 0) < 1e-12)
  }

  @Test func aModelWithoutACodeSaysSo() throws {
    let model = try TinyModels.gpt2()
    let bare = Experiment(
      model: model, runtime: try model.runtime(.double).withoutOrder(masks: false))
    #expect(throws: Fault.self) { try bare.positionEncoding(of: .decoder, count: 4) }
  }

  private func experiment(_ model: Model) throws -> Experiment {
    Experiment(model: model, runtime: try model.runtime(.double))
  }
}
