import Language
import Library
import Testing

/// Every fault of a command on models is one diagnostic with its own code, and the session goes on.
@Suite struct ModelFaultTests {
  struct Fault: Sendable, CustomTestStringConvertible {
    let source: String
    let code: String
    /// A part of the help line.
    var help = ""
    var testDescription: String { source }

    init(_ source: String, _ code: String, _ help: String = "") {
      self.source = source
      self.code = code
      self.help = help
    }
  }

  static let faults = [
    Fault(#"load "nowhere/at/all""#, "model-not-found", "models()"),
    Fault(#"load "Package.swift""#, "not-a-checkpoint", "folder"),
    Fault(#"load """#, "model-not-found"), Fault(#"load "docs""#, "bad-checkpoint"),
    Fault(#"use "random-tin""#, "model-not-found", "random-tiny"),
    Fault("prompt ids: [5, 400] | predict", "token-out-of-range", "259"),
    Fault("prompt ids: [] | predict", "empty-prompt"),
    Fault(#"prompt "a" ids: [1]"#, "conflicting-arguments"),
    Fault(#"prompt "a" types: [1]"#, "conflicting-arguments"),
    Fault("prompt ids: [1, 2] types: [0] | predict", "wrong-segments"),
    Fault(#"predict """#, "empty-prompt"), Fault("predict p top: 0", "out-of-range"),
    Fault("predict p at: @9", "position-out-of-range", "@6"),
    Fault(#"predict p at: @"x""#, "position-not-found"),
    Fault(#"predict (prompt "abca") at: @"a""#, "position-ambiguous", "@0"),
    Fault(#"predict ((1..200) | each { "a" } | join "")"#, "context-too-long"),
    Fault("capture p L2.mlp", "unknown-address", "L0 to L1"),
    Fault("capture p L0.H4.z", "unknown-address", "H0 to H3"),
    Fault("capture p L0", "wrong-address", "resid.post"),
    Fault("capture p [L0.mlp, L0.H1.z]", "wrong-address"),
    Fault("capture p [L0.H0.z, L0.H1.z]", "wrong-address", "one address"),
    Fault("attention p L0.mlp", "wrong-address", "capture"),
    Fault("generate p tokens: 0", "out-of-range"),
    Fault("generate p temperature: -1", "out-of-range"),
    Fault("generate p top_k: 0", "out-of-range"),
    Fault("zero()", "missing-argument", "L1.H2"), Fault("hide()", "missing-argument"),
    Fault("hide @1 @2", "too-many-arguments"), Fault("ablate p", "wrong-type"),
    Fault("apply L1.H2", "wrong-type", "zero(L1.H2)"),
    Fault("zero L1 during: never", "unknown-name"),
    Fault(#"zero L1 during: "never""#, "unknown-choice", "prefill"),
    Fault("apply zero(L0.N4000)", "unknown-address", "N127"),
    Fault("restore 3", "unknown-intervention"),
    Fault("with cut(L0.mlp, from: @1, to: @0) { predict p }", "wrong-address"),
    Fault(#"with patch(L0, from: "a") { predict p }"#, "shape-mismatch", "tokens"),
    Fault("with replace(L0.mlp, with: [1, 2]) { predict p }", "shape-mismatch"),
    Fault("with zero(L0.mlp@9) { predict p }", "position-out-of-range"),
    Fault(#"measure p (logit "dog")"#, "several-tokens"),
    Fault("measure p (logit 999)", "token-out-of-range"), Fault("measure p zero", "wrong-type"),
    Fault(#"measure "a" loss"#, "empty-prompt"),
    Fault("sweep p over: heads() do: { 3 } measure: kl", "wrong-type", "do: zero"),
    Fault("sweep p over: [L9.H1] do: zero measure: kl", "unknown-address"),
    Fault(#"sweep (batch ["a", "bc"]) over: residuals() do: zero measure: kl"#, "shape-mismatch"),
    Fault("mask p @8", "position-out-of-range"), Fault("shuffle p seed: -1", "out-of-range"),
    Fault("residuals \"middle\"", "unknown-choice", "mid"), Fault("heads(logits)", "wrong-address"),
  ]

  @Test(arguments: faults) func faultIsTold(_ fault: Fault) {
    let bench = Bench()
    bench.run(#"load "random-tiny"; let p = prompt "the cat""#)
    let outcome = bench.run(fault.source)
    let error = outcome.errors.first
    #expect(error?.code == fault.code, "\(error?.headline ?? "succeeded")")
    if !fault.help.isEmpty {
      #expect(error?.help?.contains(fault.help) == true, "\(error?.help ?? "no help")")
    }
    #expect(bench.text("len(interventions())") == "0")
  }
}
