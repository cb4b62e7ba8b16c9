import Analysis
import Language
import Statistics

extension Workbench {
  var dependencyHeadsCommand: Builtin {
    Builtin(
      "dependency_heads", "Finds the heads that find syntactic heads, relation by relation.",
      AttentionParameters.corpus, AttentionParameters.heads,
      Parameter<Int>(
        "least", "How often a relation must occur.", .named, default: WordCases.many, in: .from(1)),
      Parameter<RowMerging>(
        "pieces", "How the rows of a word's pieces become one.", .named, default: .mean,
        choices: RowMerging.choices),
      ReleasedCode.parameter("possessors are asked at 's and at s' alone, as in the notebook."),
      AttentionParameters.weights, AttentionParameters.seed,
      returns: "table", family: .heads,
      alsoFoundAs: ["syntax", "treebank", "UD", "alignment", "translation", "Clark"],
      details: """
        The corpus must know heads and relations: a CoNLL-U treebank, or "english". For each \
        relation, the head of attention that most often gives most to the right word. It is read in \
        two ways: the dependent attends to its head (`dependent`), or the head attends to its \
        dependent (`head`). Attention is between words: summed over the pieces attended to, averaged \
        over the pieces that attend, the diagonal cleared. Roots and punctuation are left out, \
        and a possessor is asked at the 's after it. In a \
        causal model a pair counts where the later word attends to the earlier one.

        The best of all heads, and the best fixed distance (`offset`), are chosen on one half of the \
        texts; `accuracy` with its interval and `fixed` come from the other half. There `chance` is \
        what this head gets at most in 19 of 20 permutations of the right answers among pairs of \
        texts of like length, and `p` how often one gives it as many hits: one-sided, corrected over \
        the relations (Benjamini and Hochberg), with as many permutations as these need. Since the \
        half that tells did not choose, nothing is owed for the number of heads. A way of reading \
        that sees fewer than a quarter of `least` pairs in either half is not chosen. Relations with \
        fewer than 100 pairs are no solid ground; `least` lets them in.

        Heads of attention to the source find what a word of the translation renders: by the part of \
        speech of what is rendered, read while the word comes in (`reading`) or is written \
        (`writing`), beside fixed distances from the same relative place.
        """,
      examples: [
        Example(
          #"load "random-tiny"; dependency_heads (corpus "english" count: 12 seed: 1 kinds: "plain") L0 least: 8 | keys"#,
          shows: "The columns.",
          gives: .strings(
            "relation", "cases", "head", "by", "accuracy", "low", "high", "offset", "fixed",
            "chance", "p")),
        Example(
          #"load "random-tiny"; dependency_heads ["the cat"]"#,
          shows: "Texts without heads and relations say nothing.", gives: .fails("no-annotation")),
      ]
    ) { [self] context, corpus, heads, least, merging, compat, weights, seed throws(Failure) in
      let isReleased = try ReleasedCode.isMeant(compat)
      let question = try question(corpus, heads, seed: seed)
      let rows = question.rows.count
      if question.heads.isCross {
        return .table(
          try question.table(weights, [("accuracy", "random")], by: "rendered") {
            question throws(Failure) in
            var found = AlignmentHeads(rows: rows, heads: question.heads)
            try question.run(context, "dependency_heads") { found.add($0) }
            return try question.table(
              found.findings(least: least, seed: question.seed), found.cases,
              names: ("rendered", ["reading", "writing"], "offset"), least: least,
              needs: "translations of which words know what they render")
          })
      }
      if question.heads.stack == .decoder, question.experiment.model.description.encoder != nil {
        throw Failure(
          "no-annotation", "nothing is known of the syntax of translations", argument: "heads",
          help: "take the encoder's heads, enc.L*.H*, or those to the source, dec.L*.cross.H*")
      }
      return .table(
        try question.table(weights, [("accuracy", "random")], by: "relation") {
          question throws(Failure) in
          var found = DependencyHeads(
            rows: rows, heads: question.heads, merging: merging,
            isReleased: isReleased)
          try question.run(context, "dependency_heads") { found.add($0) }
          return try question.table(
            found.findings(least: least, seed: question.seed), found.cases,
            names: ("relation", ["dependent", "head"], "offset"), least: least,
            needs: "heads and relations")
        })
    }
  }
}

extension AttentionQuestion {
  /// A row for each kind of question with its best head.
  func table(
    _ findings: [WordFinding], _ cases: WordCases,
    names: (group: String, ways: [String], baseline: String), least: Int, needs: String,
    further: [String] = []
  ) throws(Failure) -> Table {
    guard cases.count > 0 else {
      throw Failure(
        "no-annotation", "the texts have no \(needs)", argument: "corpus",
        help: "take a treebank, or   corpus \"english\" count: 500")
    }
    guard !findings.isEmpty else {
      throw Failure(
        "too-few-cases", "nothing is asked \(least) times (\(cases.count) in all)",
        argument: "least", help: "take more texts, or a smaller `least`")
    }
    var notes = ["accuracy on the half of the texts that did not choose the head; \(intervalNote)"]
    let few = findings.filter(\.isFew).map(\.group)
    if !few.isEmpty {
      notes.append("fewer than \(WordCases.many) cases: " + few.joined(separator: ", "))
    }
    return Table(
      [
        Table.Column(names.group, findings.map { .string($0.group) }),
        Table.Column("cases", findings.map { .int($0.cases) }),
        Table.Column("head", findings.map { .host(heads.heads[$0.head].address) }),
        Table.Column("by", findings.map { .string(names.ways[$0.way]) }),
      ] + findings.map(\.accuracy).columns("accuracy") + [
        Table.Column(names.baseline, findings.map { .string($0.baseline) }),
        Table.Column("fixed", findings.map { .number($0.baselineAccuracy) }),
        Table.Column("chance", findings.map { .number($0.chance) }),
        Table.Column("p", findings.map { .number($0.p) }),
      ], notes: notes + further + self.notes)
  }
}

extension RowMerging: ChoiceArgument {
  /// What messages call it.
  public static var kind: String { "way to merge pieces" }
}
