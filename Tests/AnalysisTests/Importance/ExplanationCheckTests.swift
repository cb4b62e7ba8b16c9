@testable import Analysis
import Faults
import Foundation
import Tensors
import TestSupport
import Testing
import Transformers

/// Whether attention explains.
@Suite struct ExplanationCheckTests {
  private func experiment(_ model: Model, zero: String? = nil) throws -> Experiment {
    Experiment(
      model: model, runtime: try model.runtime(.double),
      active: try zero.map {
        [ActiveIntervention(id: 1, Intervention(.zero, at: try Address(parsing: $0)))]
      } ?? [])
  }

  private func check(
    _ model: Model, _ address: String? = nil, zero: String? = nil, text: String = "the cat",
    change: (inout ExplanationCheck.Settings) -> Void = { _ in }
  ) throws -> ExplanationCheck.Result {
    var settings = ExplanationCheck.Settings()
    settings.permutations = 12
    settings.steps = 20
    change(&settings)
    let heads = try HeadSelection(
      try address.map { [try Address(parsing: $0)] } ?? [], in: model.description)
    return try ExplanationCheck(
      try experiment(model, zero: zero), heads: heads, at: .indices([-1]), settings: settings
    ).run(try Prompt(text).row(for: model))
  }

  @Test func distancesAndDivergencesStayInBounds() throws {
    for address in ["L0.H1", "L1", "L*"] {
      let result = try check(try Model.randomTiny(), address) { $0.tolerance = 1 }
      for distance in [result.shuffled, result.even, result.moved] {
        #expect(distance >= 0 && distance <= 1)
      }
      for divergence in [result.shuffledDivergence, result.movedDivergence] {
        #expect(divergence > 0 && divergence <= log(2) + 1e-12)
      }
      #expect((-1...1).contains(result.gradientAgreement))
      #expect((-1...1).contains(result.leftOutAgreement))
      #expect(result.greatestWeight >= result.evenWeight && result.greatestWeight <= 1)
    }
  }

  /// A model that throws attention away gives the same whatever the attention is.
  @Test func aModelThatIgnoresAttentionDoesNotMove() throws {
    let result = try check(try Model.randomTiny(), "L1.H2", zero: "L1.H2")
    #expect(max(result.shuffled, result.even, result.moved) < 1e-12)
    // Nothing holds the search back, so that it comes close to the most that there is.
    let free = try check(try Model.randomTiny(), "L1.H2", zero: "L1.H2") {
      $0.steps = 150
    }
    #expect(free.movedDivergence > 2 * free.shuffledDivergence)
    #expect(abs(free.finalLoss + free.movedDivergence) < 0.05)
  }

  @Test func theSearchKeepsToTheTolerance() throws {
    let model = try Model.randomTiny()
    let tight = try check(model, "L1") {
      $0.tolerance = 0.02
      $0.steps = 120
    }
    let loose = try check(model, "L1") {
      $0.tolerance = 1
      $0.steps = 120
    }
    #expect(tight.moved <= 0.02)
    #expect(tight.movedDivergence > 0)
    #expect(loose.movedDivergence > tight.movedDivergence)
  }

  @Test func rowsWithOneKeyCannotChange() throws {
    let model = try TinyModels.gpt2()
    let heads = try HeadSelection([try Address(parsing: "L0")], in: model.description)
    let row = try Prompt(.ids([4, 9, 3], types: nil, vocabularySize: 20)).row(for: model)
    let check = ExplanationCheck(
      try experiment(model), heads: heads, at: .indices([-1]))
    let result = try check.run(row)
    #expect(result.rows == 6 && result.fixedRows == 2)
    let only = try Prompt(.ids([4], types: nil, vocabularySize: 20)).row(for: model)
    let nothing = try check.run(only)
    #expect(nothing.rows == nothing.fixedRows)
    #expect(nothing.shuffled.isNaN && nothing.movedDivergence.isNaN)
    #expect(nothing.gradientAgreement.isNaN)
  }

  @Test func onlyTheOutputsRowCanBeChanged() throws {
    let result = try check(try Model.randomTiny(), "L1") { $0.isOutputRowOnly = true }
    #expect(result.rows == 4)
    // In the last layer nothing but the row of the output reaches it.
    var settings = ExplanationCheck.Settings()
    settings.steps = 0
    let whole = try check(try Model.randomTiny(), "L1") { $0.steps = 0 }
    #expect(abs(whole.even - result.even) < 1e-12)
  }

  /// A model lies nowhere from itself; another one lies somewhere, if not as far as its own heads may.
  @Test func anotherModelIsCompared() throws {
    let model = try Model.randomTiny()
    let heads = try HeadSelection([try Address(parsing: "L1.H2")], in: model.description)
    var settings = ExplanationCheck.Settings()
    settings.permutations = 2
    settings.steps = 0
    let check = ExplanationCheck(
      try experiment(model), heads: heads, at: nil, settings: settings)
    let row = try Prompt("the cat").row(for: model)
    let own = try check.run(row, against: try experiment(model))
    #expect(abs(own.otherDivergence) < 1e-12 && own.otherDistance < 1e-12)
    let other = try check.run(row, against: try experiment(model.randomised(seed: 5)))
    #expect(other.otherDivergence > 0 && other.otherDivergence < log(2))
    #expect(other.otherDistance > 0 && other.otherDistance <= 1)
    #expect(try check.run(row).otherDivergence.isNaN)
  }

  /// A model of masked tokens says something at a mask: one is drawn where there is none.
  @Test func aMaskedModelIsReadAtAMask() throws {
    let model = try TinyModels.bert()
    let heads = try HeadSelection([], in: model.description)
    let check = ExplanationCheck(try experiment(model), heads: heads, at: nil)
    let row = try Prompt("the cat sat").row(for: model)
    let drawn = try ExplainedRow(check, row)
    #expect(drawn.row.tokens[drawn.position].maskedID == row.tokens[drawn.position].id)
    let masked = try Prompt("the cat sat").changed(.mask(.indices([2]))).row(for: model)
    #expect(try ExplainedRow(check, masked).position == 2)
    let none = try Prompt("").row(for: model)
    #expect(throws: Fault.self) { try ExplainedRow(check, none) }
  }

  @Test func aSeedMakesItRepeatable() throws {
    let model = try Model.randomTiny()
    func loose(_ settings: inout ExplanationCheck.Settings) { settings.tolerance = 1 }
    let one = try check(model, "L0", change: loose)
    let two = try check(model, "L0", change: loose)
    #expect(one.shuffled == two.shuffled && one.movedDivergence == two.movedDivergence)
    #expect(try check(model, "L0", change: { $0.seed = 5 }).shuffled != one.shuffled)
  }

  @Test(arguments: ["enc.L0", "dec.L0", "dec.L0.cross"])
  func modelsWithTwoStacksAreChecked(address: String) throws {
    let model = try TinyModels.mbart()
    var settings = ExplanationCheck.Settings()
    settings.permutations = 6
    settings.steps = 4
    settings.tolerance = 1
    let heads = try HeadSelection([try Address(parsing: address)], in: model.description)
    let row = try Prompt("the cat sat", target: .text("dog sat the")).row(for: model)
    let result = try ExplanationCheck(
      try experiment(model), heads: heads, at: .indices([-1]), settings: settings
    ).run(row)
    #expect(result.shuffled > 0 && result.movedDivergence > 0)
    #expect(!result.leftOutAgreement.isNaN)
  }
}
