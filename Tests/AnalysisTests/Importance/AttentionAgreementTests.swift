@testable import Analysis
import Faults
import TestSupport
import Testing
import Transformers

/// Whether attention ranks tokens as their effects do.
@Suite struct AttentionAgreementTests {
  private func experiment(_ model: Model) throws -> Experiment {
    Experiment(model: model, runtime: try model.runtime(.double))
  }

  private func measured(
    _ model: Model, _ prompts: [Prompt],
    change: (inout AttentionAgreement.Settings) -> Void = { _ in }
  ) throws -> AttentionAgreement {
    var settings = AttentionAgreement.Settings()
    change(&settings)
    return try AttentionAgreement(
      try prompts.map { try $0.row(for: model) }, at: nil, settings: settings,
      with: try experiment(model))
  }

  @Test(arguments: AttentionAgreement.Effect.allCases)
  func everyLayerHasThreeLines(effect: AttentionAgreement.Effect) throws {
    let model = try TinyModels.bert()
    let found = try measured(model, [Prompt("the cat sat the dog"), Prompt("dog sat the cat")]) {
      $0.effect = effect
    }
    #expect(found.lines.count == 3 * model.description.blocks.count && found.texts == 2)
    for line in found.lines {
      #expect((-1...1).contains(line.agreement.value))
      #expect(line.p > 0 && line.p <= 1)
      #expect((line.lead == nil) == (line.reading == .raw))
    }
  }

  /// In front of the first layer there is nothing but its weights: all three rank alike.
  @Test func theFirstLayerRanksAlike() throws {
    for model in [try TinyModels.bert(), try Model.randomTiny()] {
      let found = try measured(model, [Prompt("the cat sat the dog")])
      let first = found.lines.prefix(3).map(\.agreement.value)
      #expect(abs(first[0] - first[1]) < 1e-12 && abs(first[0] - first[2]) < 1e-12)
    }
  }

  @Test func aSourceIsRanked() throws {
    let model = try TinyModels.mbart()
    let found = try measured(
      model, [Prompt("the cat sat the", target: .text("dog sat"))])
    #expect(found.lines.map { "\($0.address)" } == Array(repeating: "dec.L0.cross", count: 3))
    #expect(found.tokens == 4)
  }

  @Test func shortTextsAreLeftOut() throws {
    let model = try TinyModels.bert()
    let found = try measured(model, [Prompt("the cat sat the dog"), Prompt("the")])
    #expect(found.texts == 1 && found.skipped == 1)
    #expect(throws: Fault.self) { try measured(model, [Prompt("the")]) }
  }
}
