import Analysis
import Faults
import Language
import Transformers

extension Workbench {
  var attentionFlowCommand: Builtin {
    Builtin(
      "attention_flow",
      "Treats attention as pipes: how much can flow from each token to each input.",
      MixingParameters.prompt,
      Parameter<PositionSelector?>(
        "at", "The tokens behind the last layer; all of them if none.", .named),
      MixingParameters.fusion, MixingParameters.residual, MixingParameters.special,
      MixingParameters.side,
      Parameter<Bool>(
        "normalize", "Whether each row is divided by its sum.", .named, default: true),
      Parameter<Bool>(
        "numbers", "Whether to give a tensor, not a picture.", .named, default: false),
      Parameter<Int>("limit", "The most tokens that are tried.", .named, default: 40, in: .from(1)),
      AttentionParameters.seed,
      returns: "figure or tensor", family: .heads,
      alsoFoundAs: ["max-flow", "maximum flow", "Abnar", "information flow", "rollout"],
      details: """
        The steps are those of `rollout`, but a share is what a pipe carries: the number is the \
        greatest flow from the token behind the last layer to the token in front of the first one \
        (Abnar and Zuidema 2020). Each pair has the whole graph for itself, so that flows of a row \
        may sum to more than one before they are normalised. There is a flow to find for each pair: \
        longer prompts take a `limit:`, or `at:` for some rows alone. Under the picture stands how much of \
        a row's flow comes from the token itself, with even attention, and in the same model with \
        random weights.
        """,
      examples: [
        Example(
          #"load "random-tiny"; attention_flow (prompt "cat")"#,
          shows: "Where each token can have come from."),
        Example(
          """
          load "random-tiny"
          let f = attention_flow (prompt "cat") at: @-1 numbers: true
          [f.shape, round(sum(f), 6)]
          """, shows: "One row; it sums to one."),
        Example(
          #"load "random-tiny"; attention_flow (prompt "the cat") limit: 5"#,
          shows: "It must be wanted.", gives: .fails("too-many-tokens")),
      ]
    ) {
      [self]
      context, input, at, fusion, residual, special, side, isNormalized, asNumbers, limit,
      seed throws(Failure) in
      let options = MixingParameters.options(fusion, residual, special, side)
      let experiment = try experiment()
      let row = try row(of: input.prompt)
      let seed = self.seed(seed)
      let mixing = try faultsAsFailures { () throws(Fault) in try experiment.mixing(row, options) }
      record(experiment, [row])
      guard mixing.nodes.count <= limit else {
        throw Failure(
          "too-many-tokens",
          "a flow between each two of \(mixing.nodes.count) tokens takes long; the limit is \(limit)",
          help: "allow it:   limit: \(mixing.nodes.count)   or ask for one row:   at: @-1 limit: …")
      }
      let nulls = try faultsAsFailures { () throws(Fault) in
        try experiment.nulls(row, options, seed: seed)
      }
      let queries = try flowQueries(at, mixing, row, experiment.model.description)
      let flow = try faultsAsFailures { () throws(Fault) in
        try mixing.flow(from: queries, isNormalized: isNormalized) { done throws(Fault) in
          context.output.progress(done, of: queries.count, "attention_flow")
          if context.interruption.isRequested { throw .interrupted }
        }
      }
      let picture = MixingPicture(
        mixing, row: row, queries: queries, model: experiment.model.description)
      let kept = try faultsAsFailures { () throws(Fault) in
        try picture.keptNote(flow, nulls) { null throws(Fault) in
          try null.flow(from: queries) { _ throws(Fault) in
            if context.interruption.isRequested { throw .interrupted }
          }
        }
      }
      let notes = mixing.notes(options, in: experiment.model.description) + [kept] + notes
      if asNumbers { return .tensor(picture.tensor(flow, notes: notes)) }
      return .figure(
        picture.figure(flow, title: "attention flow", valueLabel: "flow", notes: notes))
    }
  }

  /// The places of the tokens that flows start from.
  private func flowQueries(
    _ selector: PositionSelector?, _ mixing: TokenMixing, _ row: PromptRow,
    _ model: ModelDescription
  ) throws(Failure) -> [Int] {
    let shown = mixing.shownQueries
    guard let selector, let first = shown.first else { return shown }
    let tokens = row.extent(of: Site(.pattern, stack: mixing.nodes[first].stack), in: model)
    let positions = Set(
      try faultsAsFailures("at") { () throws(Fault) in try tokens.resolve(selector) })
    let queries = shown.filter { positions.contains(mixing.nodes[$0].position) }
    guard !queries.isEmpty else {
      throw Failure(
        "position-out-of-range", "\(selector) is a special token, and these are dropped",
        argument: "at", help: #"keep them:   special: "keep""#)
    }
    return queries
  }
}
