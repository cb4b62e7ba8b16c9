import Analysis
import Faults
import Language
import Transformers

extension Workbench {
  var captureCommand: Builtin {
    Builtin(
      "capture", "Gives the values at an address as a tensor.",
      Parameter<PromptInput>("prompt", "A prompt or a batch.", .piped),
      Parameter<AddressInput>("address", "Which values; several of one kind are stacked."),
      returns: "tensor", family: .running,
      alsoFoundAs: ["activations", "cache", "hook", "hidden states"],
      details: """
        Axes have names, and positions are labelled with their tokens. An axis of which the address \
        names one entry (`L0`, `H3`, `@-1`) goes away; `*`, ranges and lists keep it. Rows of a \
        batch are padded with NaN.
        """,
      examples: [
        Example(
          #"load "random-tiny"; (capture (prompt "the cat") L0.H*.pattern).shape"#,
          shows: "Four heads, seven queries, seven keys.", gives: .numbers(4, 7, 7)),
        Example(
          #"load "random-tiny"; (capture (prompt "the cat") L*.resid.post@-1).axes"#,
          shows: "The stream behind each layer at the last token.",
          gives: .strings("layer", "width")),
        Example(
          #"load "random-tiny"; (capture (prompt "the cat") logits).shape"#,
          shows: "All logits.", gives: .numbers(7, 260)),
        Example(
          #"load "random-tiny"; capture (prompt "the cat") L7.mlp"#,
          shows: "The address must be in the model.", gives: .fails("unknown-address")),
      ]
    ) { [self] _, input, address throws(Failure) in
      .tensor(try capture(address.addresses, of: input))
    }
  }

  /// The values at addresses of one kind as a tensor.
  func capture(_ addresses: [Address], of input: PromptInput) throws(Failure) -> TensorValue {
    let experiment = try experiment()
    let rows = try rows(of: input.prompts)
    let plan = try faultsAsFailures { () throws(Fault) in
      try CapturePlan(addresses, rows: rows, isBatch: input.isBatch, model: experiment.model)
    }
    let result = try faultsAsFailures { () throws(Fault) in
      try experiment.run(rows, captures: plan.captures)
    }
    record(experiment, rows, firings: result.firings)
    return try faultsAsFailures { () throws(Fault) in
      try plan.tensor(result.captured, notes: plan.notes + notes)
    }
  }
}
