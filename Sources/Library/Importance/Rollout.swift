import Analysis
import Faults
import Language
import Tensors
import Transformers

extension Workbench {
  var rolloutCommand: Builtin {
    Builtin(
      "rollout", "Multiplies attention through the layers: what each token is made of at the end.",
      MixingParameters.prompt, MixingParameters.fusion, MixingParameters.residual,
      MixingParameters.special, MixingParameters.side,
      Parameter<Bool>(
        "by_layer", "Whether to give every step as a tensor.", .named, default: false),
      AttentionParameters.seed,
      returns: "figure or tensor", family: .heads,
      alsoFoundAs: ["attention rollout", "Abnar", "information flow", "attribution"],
      details: """
        Each layer's heads become one matrix A, each step is residual · I + (1 − residual) · A with \
        rows scaled to one, and steps are multiplied from the first to the last (Abnar and Zuidema \
        2020). A row says what share of the token behind the last layer came from each token of the \
        input, if shares multiply. Under the picture stands how much of themselves tokens keep, and \
        how much they would keep if all attention were even, and in the same model with random weights: \
        what a rollout shows beyond that is the model's doing. With `residual: "measured"` a token keeps in each step what its mixing ratio \
        leaves (see `mixing_ratio`), and others have the rest by what attention gives them. In a model \
        with two stacks source tokens are marked with `enc`, and each \
        layer of the decoder makes two steps, one for its own attention and one for that to the source.
        """,
      examples: [
        Example(
          #"load "random-tiny"; rollout (prompt "cat")"#,
          shows: "Where each token came from."),
        Example(
          """
          load "random-tiny"
          let r = rollout (prompt "cat") by_layer: true
          [r.shape, sum(r[1][2])]
          """,
          shows: "Behind each of two layers, three by three; rows sum to one."),
        Example(
          #"load "random-tiny"; (rollout (prompt "cat") residual: 1 by_layer: true)[1][0]"#,
          shows: "Without attention a token stays what it is.",
          gives: .tensor([.init("key", labels: ["0 c", "1 a", "2 t"])], [1, 0, 0])),
        Example(
          """
          load "random-tiny"
          let half = rollout (prompt "cat") by_layer: true
          let measured = rollout (prompt "cat") residual: "AttnRes-W" by_layer: true
          close(half, measured)
          """, shows: "One half is one of the ways to measure.", gives: .flag(true)),
        Example(
          #"load "random-tiny"; rollout (prompt "cat") residual: [0.5]"#,
          shows: "There are two steps.", gives: .fails("shape-mismatch")),
      ]
    ) { [self] _, input, fusion, residual, special, side, byLayer, seed throws(Failure) in
      let options = MixingParameters.options(fusion, residual, special, side)
      let experiment = try experiment()
      let row = try row(of: input.prompt)
      let seed = self.seed(seed)
      let (mixing, nulls) = try faultsAsFailures { () throws(Fault) in
        (try experiment.mixing(row, options), try experiment.nulls(row, options, seed: seed))
      }
      record(experiment, [row])
      let products = try faultsAsFailures { () throws(Fault) in try mixing.rollout() }
      let picture = MixingPicture(
        mixing, row: row, queries: mixing.shownQueries, model: experiment.model.description)
      var notes = mixing.notes(options, in: experiment.model.description)
      if let last = products.last {
        notes.append(
          try faultsAsFailures { () throws(Fault) in
            try picture.keptNote(last, nulls) { null throws(Fault) in
              try null.rollout().last ?? last
            }
          })
      }
      notes += self.notes
      guard byLayer else {
        return .figure(
          picture.figure(products.last, title: "rollout", valueLabel: "share", notes: notes))
      }
      return .tensor(picture.tensor(products, steps: mixing.steps.map(\.name), notes: notes))
    }
  }
}
