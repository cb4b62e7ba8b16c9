@testable import Analysis
import Corpora
import TestSupport
import Testing
import Transformers

/// One look of a head from its score to the loss.
@Suite struct AttentionPairTests {
  private func pair(
    _ model: Model, _ text: String, _ place: HeadPlace, query: Int = -1, key: Int? = nil,
    zero: String? = nil, target: String? = nil
  ) throws -> AttentionPair {
    let active = try zero.map {
      [ActiveIntervention(id: 1, Intervention(.zero, at: try Address(parsing: $0)))]
    }
    let experiment = Experiment(
      model: model, runtime: try model.runtime(.double), active: active ?? [])
    var annotated = AnnotatedText(text)
    annotated.target = target
    return try experiment.attentionPair(
      try AnnotatedRow(annotated, for: model), of: place, query: .indices([query]),
      key: key.map { .indices([$0]) })
  }

  private func value(_ pair: AttentionPair, _ name: String) throws -> AttentionPair.Reading {
    try #require(pair.readings.first { $0.name.hasPrefix(name) })
  }

  @Test func theWeightStandsBesideTheOthers() throws {
    let pair = try pair(try Model.randomTiny(), "the cat", HeadPlace(layer: 1, head: 2))
    let weight = try value(pair, "weight")
    #expect(weight.value == pair.parts.attention && weight.rank == 1)
    #expect(abs(weight.value + (weight.others ?? 0) * Double(pair.keys - 1) - 1) < 1e-9)
    #expect(try value(pair, "divergence").value > 0)
    #expect(try value(pair, "loss without the head").value != 0)
    for step in [AttentionPair.Step.why, .moved, .matters] {
      #expect(pair.readings.contains { $0.step == step })
    }
  }

  @Test func aHeadWithoutValuesMovesNothing() throws {
    let pair = try pair(
      try Model.randomTiny(), "the cat", HeadPlace(layer: 1, head: 2), key: 1, zero: "L1.H2.v")
    for name in ["‖α f(x)‖", "‖∂ out / ∂ x‖", "divergence", "loss without the look"] {
      #expect(abs(try value(pair, name).value) < 1e-12, "\(name)")
    }
    #expect(try value(pair, "weight").value > 0)
  }

  @Test func aTokenThatSeesOnlyItselfCannotLookElsewhere() throws {
    let pair = try pair(try Model.randomTiny(), "the cat", HeadPlace(layer: 0, head: 1), query: 0)
    #expect(pair.keys == 1 && pair.readings.allSatisfy { $0.others == nil })
    #expect(!pair.readings.contains { $0.name.hasSuffix("the look") })
  }

  @Test(arguments: [
    HeadPlace(stack: .encoder, layer: 0, head: 0), HeadPlace(stack: .decoder, layer: 0, head: 1),
    HeadPlace(stack: .decoder, layer: 0, head: 0, isCross: true),
  ])
  func lookOfBothStacks(place: HeadPlace) throws {
    let pair = try pair(try TinyModels.mbart(), "the cat sat", place, target: "dog sat")
    #expect(pair.keys > 1)
    for reading in pair.readings { #expect(reading.value.isFinite, "\(reading.name)") }
  }
}
