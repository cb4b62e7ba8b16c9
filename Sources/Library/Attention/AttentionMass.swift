import Analysis
import Language
import Statistics

extension Workbench {
  var attentionMassCommand: Builtin {
    Builtin(
      "attention_mass", "Measures how much attention heads give to chosen tokens.",
      AttentionParameters.corpus, AttentionParameters.heads,
      Parameter<MassTarget?>(
        "to", "One target, with intervals: its name, or a list of token texts.", .named,
        choices: MassTarget.quotedNames),
      Parameter<String>(
        "from", "Whose attention: \"all\", \"special\", \"plain\" tokens, or one token's text.",
        .named, default: "all", choices: ["\"all\"", "\"special\"", "\"plain\""]),
      AttentionParameters.special(), AttentionParameters.weights, AttentionParameters.seed,
      returns: "table", family: .heads,
      alsoFoundAs: ["attention to SEP", "previous token", "sink", "punctuation", "self attention"],
      details: """
        A number is the mean over tokens of what a token gives to all tokens of the target together. \
        Tokens that have no such target, such as a first token none before it, do not count. In a \
        causal model nobody sees the next token. Attention to the source has no self, previous or \
        next: its queries are other tokens.

        One target gives a table with a 95 % interval over texts, what uniform attention over the \
        keys in sight would give, how likely the difference is by chance (`p`, by drawing signs for \
        each text anew, corrected over the heads by Benjamini and Hochberg), and the mean over texts, \
        in which short ones count as much as long ones. After Clark et al., 2019.
        """,
      examples: [
        Example(
          #"load "random-tiny"; attention_mass ["the cat", "a dog"] | len"#,
          shows: "A row for each head.", gives: .number(8)),
        Example(
          #"load "random-tiny"; attention_mass ["the cat", "a dog"] L1.H2 to: "previous" | keys"#,
          shows: "One target in detail.",
          gives: .strings("head", "mass", "low", "high", "uniform", "p", "by_text")),
        Example(
          #"load "tiny-lm"; max((attention_mass "Mary saw the dog." L0.H* to: "previous").mass) > 0.6"#,
          shows: "A head that looks at the token before.", gives: .flag(true)),
        Example(
          #"load "random-tiny"; attention_mass "the cat" to: "last""#,
          shows: "Targets have names.", gives: .fails("unknown-choice")),
      ]
    ) { [self] context, corpus, heads, target, source, special, weights, seed throws(Failure) in
      let question = try question(corpus, heads, seed: seed)
      let targets = target.map { [$0] } ?? MassTarget.all(for: question.heads)
      let columns =
        target == nil ? targets.map { ($0.name, "random_\($0.name)") } : [("mass", "random")]
      return .table(
        try question.table(weights, columns) { question throws(Failure) in
          var mass = AttentionMass(
            rows: question.rows.count, heads: question.heads, targets: targets.map(\.target),
            special: special, from: Self.source(source))
          try question.run(context, "attention_mass") { mass.add($0) }
          let notes =
            question.notes + question.note(special) + mass.given.skippedNote("row of attention")
          return target == nil
            ? massTable(mass, targets, question, notes) : massDetail(mass, question, notes)
        })
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
    let estimates = mass.given.estimates(seed: question.seed)
    let null = targets.enumerated().map { place, target in
      "\(target.name) \(Self.short(mass.uniform.mean(mass.column(0, place))))"
    }
    var told = ["uniform attention: " + null.joined(separator: ", ")]
    told.append(
      estimates.widest.isNaN
        ? "one text has no interval; `to:` shows more of one target"
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
    let p = mass.given.excess(over: mass.uniform, seed: question.seed)
    return Table(
      [question.headColumn] + mass.given.estimates(seed: question.seed).columns("mass") + [
        mass.uniform.column("uniform"), Table.Column("p", p.map { .number($0) }),
        Table.Column("by_text", p.indices.map { .number(mass.given.meanOfRows($0)) }),
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
