import Analysis
import Language

extension Workbench {
  var attentionEntropyCommand: Builtin {
    Builtin(
      "attention_entropy", "Measures how widely heads spread their attention.",
      AttentionParameters.corpus, AttentionParameters.heads, AttentionParameters.special(),
      AttentionParameters.weights, AttentionParameters.seed,
      returns: "table", family: .heads, alsoFoundAs: ["broad heads", "bag of words", "spread"],
      details: """
        Entropy in nats, of rows of which 0.0001 was spread evenly over the keys in sight first; \
        `most` is what uniform attention gives, `share` the mean of each row's entropy over the most \
        that is possible for it, `first` the entropy of first tokens (CLS in a masked model; a \
        causal one has no such column, since there they see only themselves). Tokens that see one key only do not count. A head is \
        `broad` when its share is above that of 3.8 nats at 128 tokens (0.78), the bound of Clark et \
        al., 2019.
        """,
      examples: [
        Example(
          #"load "random-tiny"; attention_entropy ["the cat", "a dog"] | where { it.entropy > it.most } | len"#,
          shows: "No entropy is above the most that is possible.", gives: .number(0)),
        Example(
          #"load "random-tiny"; attention_entropy ["the cat"] L1.H0 | keys"#, shows: "The columns.",
          gives: .strings("head", "entropy", "low", "high", "most", "share", "broad")),
      ]
    ) { [self] context, corpus, heads, special, weights, seed throws(Failure) in
      let question = try question(corpus, heads, seed: seed)
      return .table(
        try question.table(weights, [("entropy", "random")]) {
          question throws(Failure) in
          var entropy = AttentionEntropy(
            rows: question.rows.count, heads: question.heads, special: special)
          try question.run(context, "attention_entropy") { entropy.add($0) }
          try question.check(entropy.entropy)
          let broad = question.heads.heads.indices.map { head -> Value in
            .bool(entropy.share.mean(head) > AttentionEntropy.broadShare)
          }
          return Table(
            [question.headColumn]
              + entropy.entropy.estimates(seed: question.seed, within: 0 ... .infinity).columns(
                "entropy")
              + [
                entropy.most.column("most"),
                entropy.share.column("share", style: .bar(maximum: 1)),
              ] + (question.heads.isCausal ? [] : [entropy.first.column("first")]) + [
                Table.Column("broad", broad)
              ],
            notes: [intervalNote] + question.notes + special.notes
              + entropy.entropy.skippedNote("row of attention"))
        })
    }
  }
}
