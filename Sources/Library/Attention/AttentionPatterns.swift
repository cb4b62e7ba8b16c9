import Analysis
import Language

extension Workbench {
  var attentionPatternsCommand: Builtin {
    Builtin(
      "attention_patterns", "Sorts maps of heads into five kinds.",
      AttentionParameters.corpus, AttentionParameters.heads, AttentionParameters.weights,
      AttentionParameters.seed,
      returns: "table", family: .heads,
      alsoFoundAs: ["vertical", "diagonal", "block", "heterogeneous", "Kovaleva"],
      details: """
        For each head, the kind that most of its maps are of, with the share of these and its \
        interval, and the shares of all kinds. A map is vertical when most goes to one or two tokens \
        whoever asks, diagonal when most goes to the token itself and its neighbours, both when half \
        goes to each, a block when attention stays within a sentence of several, and heterogeneous \
        else. Kovaleva et al. (2019) had people label maps and trained a classifier on the labels; \
        here the kinds are defined by these shares. They are corrected for what uniform attention \
        gives, so that uniform maps are always heterogeneous; texts with fewer than 8 tokens are left \
        out.
        """,
      examples: [
        Example(
          #"load "random-tiny"; attention_patterns ["the cat sees the dog"] | len"#,
          shows: "A row for each head.", gives: .number(8)),
        Example(
          #"load "random-tiny"; (attention_patterns ["cat"])[0].pattern"#,
          shows: "Texts that are too short say nothing.", gives: .string("–")),
      ]
    ) { [self] context, corpus, heads, weights, seed throws(Failure) in
      let question = try question(corpus, heads, seed: seed)
      if question.heads.isCross {
        throw Failure(
          "wrong-address", "maps from one text to another have no diagonal", argument: "heads",
          help: "take heads of a stack's own attention, such as enc.L*.H* or dec.L*.H*")
      }
      return .table(
        try question.table(weights, [("pattern", "random")]) { question throws(Failure) in
          var found = AttentionPatterns(rows: question.rows.count, heads: question.heads)
          try question.run(context, "attention_patterns") { found.add($0) }
          return patternTable(found, question)
        })
    }
  }

  private func patternTable(_ found: AttentionPatterns, _ question: AttentionQuestion) -> Table {
    let places = question.heads.heads.indices
    let estimates = found.classes.estimates(seed: question.seed, within: 0...1)
    let commonest = places.map(found.commonest)
    func ends(_ end: (Int) -> Double) -> [Value] {
      places.map { head in
        commonest[head].map { .number(end(found.column(head, $0))) } ?? .number(.nan)
      }
    }
    let kinds = PatternClass.allCases.map { kind in
      let name = kind == .mixed ? "both" : kind == .heterogeneous ? "other" : kind.rawValue
      return Table.Column(
        name, places.map { .number(found.classes.mean(found.column($0, kind))) })
    }
    var notes = [intervalNote] + question.notes
    if found.short > 0 {
      notes.append("\(Value.count(found.short, "text")) with fewer than 8 tokens left out")
    }
    if found.segmented == 0 { notes.append("no text has two sentences, so no map is a block") }
    return Table(
      [
        question.headColumn,
        Table.Column("pattern", commonest.map { .string($0?.rawValue ?? "–") }),
        Table.Column("share", ends { estimates[$0].value }),
        Table.Column("low", ends { estimates[$0].low }),
        Table.Column("high", ends { estimates[$0].high }),
      ] + kinds, notes: notes)
  }
}
