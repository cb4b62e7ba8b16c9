import Analysis
import Faults
import Language
import Transformers

extension Workbench {
  var compareHeadsCommand: Builtin {
    Builtin(
      "compare_heads", "Compares the heads of two checkpoints on the same texts.",
      AttentionParameters.corpus,
      Parameter<ModelChoice>("before", "A model that is loaded, or its name."),
      Parameter<ModelChoice>("after", "Another of the same shapes, or its name."),
      Parameter<AddressInput?>(
        "heads", "Which heads, of one attention; all of the first stack if none.", .named),
      Parameter<Bool>(
        "roles", "Whether the roles of both are looked for, which takes longer.", .named,
        default: false),
      AttentionParameters.seed,
      returns: "table", family: .heads,
      alsoFoundAs: ["fine-tuning", "difference", "checkpoints", "seeds", "cosine", "Kovaleva"],
      details: """
        `cosine` is that of a head's maps before and after, each text's map as one long vector, \
        averaged over texts (Kovaleva et al., 2019). `others` is the same between the head before and \
        the other heads of its layer after: what heads have in common that are not the same. `q` tests \
        whether the heads of a layer match: how often heads after, dealt anew to those before inside \
        the layer, are as like them on average (one-sided, corrected over the layers). A layer of H \
        heads has H! such deals, so that one of three heads can show nothing. Two checkpoints of \
        different seeds have no reason to keep their heads in the same places. Both models must have \
        the same heads and read the texts as the same tokens; interventions on either hold.
        """,
      examples: [
        Example(
          #"let m = load "random-tiny"; (compare_heads ["the cat", "a dog"] m m).cosine | min"#,
          shows: "A model is like itself.", gives: .number(1)),
        Example(
          #"let m = load "random-tiny"; compare_heads ["the cat"] m m roles: true | keys"#,
          shows: "The columns.",
          gives: .strings(
            "head", "cosine", "low", "high", "others", "q", "before", "after")),
      ]
    ) { [self] context, corpus, before, after, heads, withRoles, seed throws(Failure) in
      let pair = try (loaded(before, argument: "before"), loaded(after, argument: "after"))
      let seed = self.seed(seed)
      let experiments = try (experiment(on: pair.0), experiment(on: pair.1))
      let selection = try faultsAsFailures("heads") { () throws(Fault) in
        try HeadSelection(heads?.addresses ?? [], in: pair.0.model.description)
      }
      let rows = try corpus.rows(for: pair.0.model)
      try Self.check(rows, areThoseOf: try corpus.rows(for: pair.1.model), pair)
      let question = AttentionQuestion(
        experiment: experiments.0, rows: rows, heads: selection, seed: seed,
        notes: ["\(Value.count(rows.count, "text")); before: \(pair.0.name), after: \(pair.1.name)"]
      )
      return try faultsAsFailures { () throws(Fault) in
        let changes = try HeadChanges(
          before: experiments.0, after: experiments.1, over: rows, heads: selection,
          progress: question.progress(context, "compare_heads", of: rows.count))
        var columns =
          [question.headColumn]
          + changes.own.estimates(seed: seed, within: -1...1).columns("cosine") + [
            changes.others.column("others"),
            Table.Column(
              "q", changes.matches(seed: seed).map { $0.isNaN ? .null : .number($0) }),
          ]
        if withRoles {
          for (name, experiment) in [("before", experiments.0), ("after", experiments.1)] {
            let roles = try HeadRoles(
              experiment, over: rows, heads: selection, seed: seed,
              progress: question.progress(context, "roles \(name)", of: rows.count))
            columns.append(
              Table.Column(
                name,
                roles.heads.map { .string($0.roles.map(\.rawValue).joined(separator: ", ")) }))
          }
        }
        return .table(
          Table(
            columns,
            notes: [intervalNote] + question.notes + changes.own.skippedNote("map") + self.notes))
      }
    }
  }

  /// Refuses rows that two models read as different tokens.
  private static func check(
    _ rows: [AnnotatedRow], areThoseOf others: [AnnotatedRow],
    _ pair: (LoadedModel, LoadedModel)
  ) throws(Failure) {
    let isSame =
      rows.count == others.count
      && zip(rows, others).allSatisfy { $0.row.ids == $1.row.ids && $0.row.source == $1.row.source }
    guard isSame else {
      throw Failure(
        "different-models", "\(pair.0.name) and \(pair.1.name) read the texts as different tokens",
        help: "compare checkpoints with one vocabulary")
    }
  }
}
