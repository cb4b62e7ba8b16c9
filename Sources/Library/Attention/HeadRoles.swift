import Analysis
import Faults
import Language
import Statistics
import Transformers

extension Workbench {
  var headRolesCommand: Builtin {
    Builtin(
      "head_roles", "Names what heads are for, with the evidence.",
      AttentionParameters.corpus, AttentionParameters.heads,
      Parameter<HeadRole?>(
        "of", "One role, with its score for every head.", .named, choices: HeadRole.choices),
      Parameter<Int>(
        "least", "How often a relation must occur to be looked for.", .named,
        default: WordCases.many, in: .from(1)),
      Parameter<Int>(
        "repeats", "How many rows of repeated random tokens are made.", .named, default: 12,
        in: .from(1, to: 10_000)),
      AttentionParameters.weights, AttentionParameters.seed,
      returns: "table", family: .heads,
      alsoFoundAs: [
        "induction", "previous token", "duplicate token", "positional", "syntactic", "rare", "sink",
        "detect",
      ],
      details: """
        A head may have several roles, or none. It has one when its score reaches the role's bound \
        and is above the null by more than chance allows (signs drawn anew for each text, q 0.05 over \
        the heads by Benjamini and Hochberg).

        positional: the greatest weight lies at one distance, 0.9 of tokens. previous, next, self: \
        0.5 of the attention. sink: 0.6 goes to the first token or to special ones. broad: entropy \
        above 0.78 of the most possible. rare: the greatest weight lies on the least frequent token \
        in sight, 0.5 of tokens. induction and duplicate: on random tokens that are said four times, \
        0.4 goes to what stood behind earlier times, or to these themselves. syntactic: the best \
        relation is found 0.1 more often than by the best fixed distance, on the half of the texts \
        that did not choose it; it needs texts with heads and relations. alignment, in attention to \
        the source: what a word renders is found 0.1 more often than by the same relative place.
        Bounds are those of Voita et al., 2019 and Clark et al., 2019 where they give one.
        """,
      examples: [
        Example(
          #"load "random-tiny"; head_roles ["the cat sees the dog"] | keys"#,
          shows: "The columns.", gives: .strings("head", "roles", "evidence")),
        Example(
          #"load "random-tiny"; head_roles ["the cat sees the dog"] of: "previous" | keys"#,
          shows: "One role in detail.",
          gives: .strings("head", "held", "about", "score", "low", "high", "null", "q")),
      ]
    ) { [self] context, corpus, heads, role, least, repeats, weights, seed throws(Failure) in
      let question = try question(corpus, heads, seed: seed)
      let total = question.rows.count + repeats
      let columns = role == nil ? [("roles", "random")] : [("score", "random")]
      return .table(
        try question.table(weights, columns) { question throws(Failure) in
          let found = try faultsAsFailures { () throws(Fault) in
            try HeadRoles(
              question.experiment, over: question.rows, heads: question.heads, repeats: repeats,
              least: least, seed: question.seed,
              progress: question.progress(context, "head_roles", of: total))
          }
          let notes = question.notes + found.missing.map { "not looked for: \($0)" }
          return role.map { found.detail($0, notes) } ?? found.table(notes)
        })
    }
  }
}

extension HeadRoles {
  /// A row for each head with its roles.
  fileprivate func table(_ notes: [String]) -> Table {
    Table(
      [
        Table.Column("head", heads.map { .host($0.head.address) }),
        Table.Column(
          "roles",
          heads.map { head in
            .string(head.roles.isEmpty ? "–" : head.roles.map(\.rawValue).joined(separator: ", "))
          }),
        Table.Column(
          "evidence",
          heads.map { head in
            let held = head.evidence.filter(\.isHeld)
            return .string(
              held.isEmpty
                ? head.nearest.map { "nearest: \($0.text)" } ?? ""
                : held.map(\.text).joined(separator: "; "))
          }),
      ], notes: notes)
  }

  /// A row for each head with its score for one role.
  fileprivate func detail(_ role: HeadRole, _ notes: [String]) -> Table {
    let evidence = heads.map { $0[role] }
    let none = Estimate(value: .nan, low: .nan, high: .nan)
    return Table(
      [
        Table.Column("head", heads.map { .host($0.head.address) }),
        Table.Column("held", evidence.map { .bool($0?.isHeld ?? false) }),
        Table.Column(
          "about", evidence.map { .string($0.map { $0.detail.isEmpty ? "–" : $0.detail } ?? "–") }),
      ] + evidence.map { $0?.score ?? none }.columns("score") + [
        Table.Column("null", evidence.map { .number($0?.null ?? .nan) }),
        Table.Column("q", evidence.map { .number($0?.p ?? .nan) }),
      ], notes: [intervalNote] + notes)
  }
}

extension RoledHead {
  /// The role that is nearest to its bound.
  fileprivate var nearest: RoleEvidence? {
    evidence.filter { !$0.score.value.isNaN }.max { $0.nearness < $1.nearness }
  }
}

extension RoleEvidence {
  /// How much of its bound the score reaches.
  fileprivate var nearness: Double {
    (role == .syntactic || role == .alignment ? score.value - null : score.value) / role.bound
  }

  /// The evidence in a few words.
  var text: String {
    let about = detail.isEmpty ? "" : " \(detail)"
    let null = null.isNaN ? "" : " (null \(Workbench.short(null)))"
    return "\(role.rawValue)\(about) \(Workbench.short(score.value))\(null)"
  }
}

extension HeadRole: ChoiceArgument {
  /// What messages call it.
  public static var kind: String { "role" }
}
