import Analysis
import Language

extension Workbench {
  var attentionConfidenceCommand: Builtin {
    Builtin(
      "attention_confidence", "Measures how sure heads are: their greatest weight, on average.",
      AttentionParameters.corpus, AttentionParameters.heads,
      AttentionParameters.special(.dropKeys),
      Parameter<Bool>(
        "renormalise", "Whether rows are scaled to one after special tokens were left out.", .named,
        default: false),
      AttentionParameters.weights, AttentionParameters.seed,
      returns: "table", family: .heads, alsoFoundAs: ["greatest weight", "Voita"],
      details: """
        The mean over tokens of the greatest weight that a token gives, special tokens not counted \
        unless `special: "keep"` (Voita et al., 2019). Tokens that see one key only do not count. \
        `uniform` is what uniform attention would give; `q` says how likely the difference is by \
        chance, corrected over the heads.
        """,
      examples: [
        Example(
          #"load "random-tiny"; attention_confidence ["the cat", "a dog"] L0 | len"#,
          shows: "The heads of a layer.", gives: .number(4))
      ]
    ) { [self] context, corpus, heads, special, renormalise, weights, seed throws(Failure) in
      let question = try question(corpus, heads, seed: seed)
      return .table(
        try question.table(weights, [("confidence", "random")]) {
          question throws(Failure) in
          var found = AttentionConfidence(
            rows: question.rows.count, heads: question.heads, special: special,
            isRenormalised: renormalise)
          try question.run(context, "attention_confidence") { found.add($0) }
          try question.check(found.confidence)
          let q = found.confidence.excess(over: found.uniform, seed: question.seed)
          return Table(
            [question.headColumn]
              + found.confidence.estimates(seed: question.seed, within: 0...1).columns("confidence")
              + [found.uniform.column("uniform"), Table.Column("q", q.map { .number($0) })],
            notes: [intervalNote] + question.notes
              + found.confidence.skippedNote("row of attention"))
        })
    }
  }
}
