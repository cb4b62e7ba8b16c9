import Analysis
import Language
import Statistics
import Transformers

extension Workbench {
  var attentionMassCommand: Builtin {
    Builtin(
      "attention_mass", "Measures how much attention heads give to chosen tokens.",
      AttentionParameters.corpus, AttentionParameters.heads,
      Parameter<MassTarget?>(
        "to", "One target, with intervals: its name, or a list of token texts.", .named,
        choices: MassTarget.quotedNames),
      Parameter<String>(
        "from",
        "Whose attention: \"all\", \"special\" or \"plain\" tokens, \"others\" than the target, or those "
          + "of one text.",
        .named, default: "all",
        choices: ["\"all\"", "\"special\"", "\"plain\"", "\"others\""]),
      AttentionParameters.special(),
      ReleasedCode.parameter("sums by all tokens, and the labels of next and previous exchanged."),
      AttentionParameters.weights, AttentionParameters.seed,
      returns: "table", family: .heads,
      alsoFoundAs: ["attention to SEP", "previous token", "sink", "punctuation", "self attention"],
      details: """
        A number is the mean over tokens of what a token gives to all tokens of the target together. \
        Tokens that have no such target, such as a first token none before it, do not count. In a \
        causal model nobody sees the next token. Attention to the source has no self, previous or \
        next: its queries are other tokens.

        One target gives a table with a 95 % interval over texts, what uniform attention over the \
        keys in sight would give, how likely the difference is by chance (`q`, by drawing signs for \
        each text anew, corrected over the heads by Benjamini and Hochberg), and the mean over texts, \
        in which short ones count as much as long ones. After Clark et al., 2019, whose notebook \
        divides by all tokens of a row, and draws attention to the next token under the label of the \
        previous one and the other way round: `compat: "released"`.
        """,
      examples: [
        Example(
          #"load "random-tiny"; attention_mass ["the cat", "a dog"] | len"#,
          shows: "A row for each head.", gives: .number(8)),
        Example(
          #"load "random-tiny"; attention_mass ["the cat", "a dog"] L1.H2 to: "previous" | keys"#,
          shows: "One target in detail.",
          gives: .strings("head", "mass", "low", "high", "uniform", "q", "by_text")),
        Example(
          #"load "tiny-lm"; max((attention_mass "Mary saw the dog." L0.H* to: "previous").mass) > 0.6"#,
          shows: "A head that looks at the token before.", gives: .flag(true)),
        Example(
          #"load "random-tiny"; attention_mass "the cat" to: "last""#,
          shows: "Targets have names.", gives: .fails("unknown-choice")),
      ]
    ) {
      [self] context, corpus, heads, target, source, special, compat, weights, seed throws(Failure)
      in
      let question = try question(corpus, heads, seed: seed)
      let isReleased = try ReleasedCode.isMeant(compat)
      let targets = (target.map { [$0] } ?? MassTarget.all(for: question.heads))
        .map { isReleased ? $0.mislabelled : $0 }
      let queries = try Self.source(source, target: target == nil ? nil : targets[0].target)
      try question.check(targets, queries)
      let columns =
        target == nil ? targets.map { ($0.name, "random_\($0.name)") } : [("mass", "random")]
      return .table(
        try question.table(weights, columns) { question throws(Failure) in
          var mass = AttentionMass(
            rows: question.rows.count, heads: question.heads, targets: targets.map(\.target),
            special: special, from: queries, isReleased: isReleased)
          try question.run(context, "attention_mass") { mass.add($0) }
          let notes =
            (isReleased ? [MassTarget.releasedNote] : []) + question.notes + special.notes
            + mass.given.skippedNote("row of attention")
          return target == nil
            ? massTable(mass, targets, question, notes) : massDetail(mass, question, notes)
        })
    }
  }

  private static func source(_ text: String, target: AttentionTarget?) throws(Failure)
    -> AttentionSource
  {
    switch text {
    case "others":
      guard let target else {
        throw Failure(
          "missing-argument", "`from: \"others\"` means others than one target", argument: "to",
          help: "name it, as in   to: [\"[SEP]\"] from: \"others\"")
      }
      return .others(than: target)
    default: return source(text)
    }
  }

  private static func source(_ text: String) -> AttentionSource {
    switch text {
    case "all": .all
    case "special": .special
    case "plain": .plain
    default: .text(text)
    }
  }

  private func massTable(
    _ mass: AttentionMass, _ targets: [MassTarget], _ question: AttentionQuestion,
    _ notes: [String]
  ) -> Table {
    let estimates = mass.given.estimates(seed: question.seed, within: 0...1)
    let null = targets.enumerated().map { place, target in
      "\(target.name) \(Self.short(mass.uniform.mean(mass.column(0, place))))"
    }
    var told = ["uniform attention: " + null.joined(separator: ", ")]
    told.append(
      estimates.widest.isNaN
        ? "`to:` shows more of one target"
        : "95 % intervals over texts are ±\(Self.short(estimates.widest)) or narrower; `to:` shows them"
    )
    return Table(
      [question.headColumn]
        + targets.enumerated().map { place, target in
          Table.Column(
            target.name,
            question.heads.heads.indices.map { .number(estimates[mass.column($0, place)].value) })
        }, notes: told + notes)
  }

  private func massDetail(
    _ mass: AttentionMass, _ question: AttentionQuestion, _ notes: [String]
  ) -> Table {
    let q = mass.given.excess(over: mass.uniform, seed: question.seed)
    return Table(
      [question.headColumn]
        + mass.given.estimates(seed: question.seed, within: 0...1).columns("mass") + [
          mass.uniform.column("uniform"), Table.Column("q", q.map { .number($0) }),
          Table.Column("by_text", q.indices.map { .number(mass.given.meanOfRows($0)) }),
        ], notes: [intervalNote] + notes)
  }

  /// A number for a note.
  static func short(_ number: Double) -> String {
    NumberText.shortest((number * 1_000).rounded() / 1_000)
  }
}

/// Where attention goes, by its name, or a list of token texts.
struct MassTarget: Argument {
  let name: String
  let target: AttentionTarget

  static let kind = "target"

  private static let named: [(String, AttentionTarget)] = [
    ("self", .offset(0)), ("previous", .offset(-1)), ("next", .offset(1)), ("first", .first),
    ("special", .special), ("punctuation", .punctuation),
  ]

  static let quotedNames = named.map { "\"\($0.0)\"" }

  /// The same target under the label that a notebook gives it, that of Clark and others (2019).
  var mislabelled: MassTarget {
    switch name {
    case "next": MassTarget(name: name, target: .offset(-1))
    case "previous": MassTarget(name: name, target: .offset(1))
    default: self
    }
  }

  static let releasedNote =
    "as the released notebook has it: what is called next is the token before, and sums go by all "
    + "tokens"

  /// All that have names and can be seen: attention to a source has no distances, and in a causal
  /// model nobody sees the next token.
  static func all(for heads: HeadSelection) -> [MassTarget] {
    named.map { MassTarget(name: $0, target: $1) }.filter { target in
      guard case .offset(let offset) = target.target else { return true }
      return !heads.isCross && (offset <= 0 || !heads.isCausal)
    }
  }

  static func from(_ value: Value) throws(Failure) -> MassTarget? {
    switch value {
    case .string(let name):
      if let found = named.first(where: { $0.0 == name }) {
        return MassTarget(name: name, target: found.1)
      }
      throw Failure(
        "unknown-choice", "there is no target \(Value.quoted(name))",
        help: "choose one of \(quotedNames.joined(separator: ", ")), or give token texts in a list")
    case .list:
      let texts = try [String].from(value)
      return texts.map { MassTarget(name: "chosen", target: .texts(Set($0))) }
    default: return nil
    }
  }
}

extension AttentionQuestion {
  /// Refuses token texts that none of the rows has.
  fileprivate func check(_ targets: [MassTarget], _ source: AttentionSource) throws(Failure) {
    func texts(_ side: Stack) -> Set<String> {
      rows.reduce(into: []) { found, row in
        let tokens = row.tokens(of: side)
        for position in tokens.tokens.indices { found.insert(tokens.bareText(position)) }
      }
    }
    for target in targets {
      guard case .texts(let wanted) = target.target else { continue }
      if wanted.isDisjoint(with: texts(heads.isCross ? .encoder : heads.stack)) {
        throw Self.absent(wanted.sorted(), argument: "to")
      }
    }
    if case .text(let wanted) = source, !texts(heads.stack).contains(wanted) {
      throw Self.absent([wanted], argument: "from")
    }
  }

  private static func absent(_ texts: [String], argument: String) -> Failure {
    Failure(
      "unknown-token", "no token reads \(texts.map { Value.quoted($0) }.joined(separator: " or "))",
      argument: argument,
      help:
        "a token is a piece of a word, without the space before it: see   print (prompt \"…\").tokens"
    )
  }
}
