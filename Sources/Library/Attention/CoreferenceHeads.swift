import Analysis
import Language

extension Workbench {
  var coreferenceHeadsCommand: Builtin {
    Builtin(
      "coreference_heads", "Finds the heads that find what a mention refers back to.",
      AttentionParameters.corpus, AttentionParameters.heads,
      Parameter<CoreferenceHeads.Candidates>(
        "among", "What may be an answer: earlier mentions, or all earlier words.", .named,
        default: .mentions, choices: CoreferenceHeads.Candidates.choices),
      Parameter<Int>(
        "least", "How often a kind of mention must occur.", .named, default: WordCases.many,
        in: .from(1)),
      AttentionParameters.weights, AttentionParameters.seed,
      returns: "table", family: .heads,
      alsoFoundAs: ["pronoun", "antecedent", "anaphora", "entity", "Clark"],
      details: """
        The corpus must know which words are mentions of the same person or thing. Every mention that \
        has an earlier one of the same entity asks a question, which is answered rightly when its \
        head word gives most, among the candidates, to a mention of that entity (`later`), or gets \
        most from it (`earlier`). The head of attention is chosen on one half of the texts, accuracy \
        and baseline come from the other. The baselines are the nearest candidate, and the nearest \
        one that is the same word, else the nearest. `chance` and `p` are as in `dependency_heads`.
        """,
      examples: [
        Example(
          #"load "random-tiny"; coreference_heads (corpus "english" count: 12 seed: 1 kinds: "pronoun") L0 least: 4 | first 1 | keys"#,
          shows: "The columns.",
          gives: .strings(
            "mention", "cases", "head", "by", "accuracy", "low", "high", "baseline", "fixed",
            "chance", "p")),
        Example(
          #"load "random-tiny"; coreference_heads ["it is"]"#,
          shows: "Texts without entities say nothing.", gives: .fails("no-annotation")),
      ]
    ) { [self] context, corpus, heads, candidates, least, weights, seed throws(Failure) in
      let question = try question(corpus, heads, seed: seed)
      guard !question.heads.isCross,
        question.heads.stack == .encoder || question.experiment.model.description.encoder == nil
      else {
        throw Failure(
          "no-annotation", "nothing is known of the mentions of translations", argument: "heads",
          help: "take the encoder's heads, enc.L*.H*")
      }
      return .table(
        try question.table(weights, [("accuracy", "random")], by: "mention") {
          question throws(Failure) in
          var found = CoreferenceHeads(
            rows: question.rows.count, heads: question.heads, candidates: candidates)
          try question.run(context, "coreference_heads") { found.add($0) }
          return try question.table(
            found.findings(least: least, seed: question.seed), found.cases,
            names: ("mention", ["later", "earlier"], "baseline"), least: least,
            needs: "mentions of the same entity",
            further: ["a blind choice among the candidates gets \(Self.short(found.chance))"])
        })
    }
  }
}

extension CoreferenceHeads.Candidates: ChoiceArgument {
  /// What messages call it.
  public static var kind: String { "choice of candidates" }
}
