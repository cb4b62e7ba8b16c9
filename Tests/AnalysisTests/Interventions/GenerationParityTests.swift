import Analysis
import Testing
import Transformers

/// Generation under interventions gives the text that transformers gives when hooks make the same
/// change at the same positions, cached or not.
@Suite struct GenerationParityTests {
  private static let addresses: [(String, Intervention.Action, Intervention.Phase)] =
    Intervention.Phase.allCases.flatMap { phase in
      [("L1.H2", .zero, phase), ("L0.resid.post", steer, phase)]
    }
    + [
      ("L1.KV1.v", .zero, .always), ("L1.KV0.k", .scale(-2), .always),
    ]

  private static var steer: Intervention.Action {
    let vector = NumberArray(shape: [16], elements: Fixture.vector(16, 1))
    return vector.map { .steer($0, by: 3) } ?? .zero
  }

  private func label(_ intervention: Intervention) -> String {
    "generate "
      + intervention.summary.replacing("add: a vector of 16 ", with: "")
  }

  @Test(arguments: ["gpt2", "llama"], Precision.allCases)
  func textsAgree(name: String, precision: Precision) throws {
    let fixture = try Fixture(name)
    var cases: [(String, [Intervention])] = [("generate", [])]
    for (address, action, phase) in Self.addresses {
      let intervention = Intervention(action, at: try Address(parsing: address), during: phase)
      cases.append((label(intervention), [intervention]))
    }
    cases.append(("generate hide @1", [Intervention(.hide(.indices([1])), at: nil)]))
    for (label, interventions) in cases {
      let expected = try #require(try fixture.numbers(label), "\(label) has no reference")
      let experiment = try fixture.experiment(precision, interventions)
      var planner = EditPlanner(
        model: fixture.model, runtime: experiment.runtime, rows: [try fixture.row()])
      let edits = try planner.edits(for: experiment.active)
      for isCached in [true, false] {
        let request = GenerationRequest(
          ids: Fixture.prompt, count: 10, edits: edits, isCached: isCached)
        let result = try experiment.runtime.generate(request) { _ in }
        #expect(result.ids.map(Double.init) == expected, "\(label), cached: \(isCached)")
      }
    }
  }

  @Test(arguments: ["gpt2", "llama"])
  func theReferenceTellsPhasesApart(name: String) throws {
    let fixture = try Fixture(name)
    let label = "generate steer L0.resid.post by: 3"
    let texts = try ["", " during: prefill", " during: decode"].map { phase in
      try #require(try fixture.numbers(label + phase))
    }
    #expect(Set(texts).count > 1)
    #expect(try fixture.numbers("generate") != texts[0])
  }

  @Test(arguments: ["gpt2", "llama"], Precision.allCases)
  func cachedLogitsAreTheLogitsUnderInterventions(name: String, precision: Precision) throws {
    let fixture = try Fixture(name)
    let row = try fixture.row()
    for (label, interventions) in try fixture.cases() {
      let experiment = try fixture.experiment(precision, interventions)
      var planner = EditPlanner(model: fixture.model, runtime: experiment.runtime, rows: [row])
      let edits = try planner.edits(for: experiment.active)
      let whole = try experiment.run([row], output: .all).logitRows.flatMap { $0 }
      for prefill in [1, 4] {
        let cached = try experiment.runtime.cachedLogits(
          Batch([row]), prefill: prefill, edits: edits)
        if label.hasPrefix("replace L1.H0.pattern") { continue }  // looks ahead: no order of passes
        #expect(
          relative(cached.doubles, whole) < roundingLimit(precision), "\(label), \(prefill)")
      }
    }
  }
}
