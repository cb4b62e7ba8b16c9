import Analysis
import Language
import Statistics
import Transformers

/// A head's card as a value of the language.
struct HeadCardValue: HostValue {
  let card: HeadCard
  /// The same with random weights; nil where it was not asked for.
  let random: HeadCard?
  let texts: TokenTexts
  let modelName: String
  let lossName: String
  let notes: [String]

  var kind: String { "head card" }
  var description: String { "head_card \(card.place)" }
  var presentation: Presentation { .fitted { HeadCardText(self, width: $0).text } }
  var fieldNames: [String] { ["head"] + tables.map(\.name) }
  var json: JSON {
    .object(
      [("head", .string(card.place.description))]
        + tables.map { ($0.name, Value.table($0.table).plainJSON) })
  }

  func isEqual(to other: any HostValue) -> Bool {
    guard let other = other as? HeadCardValue, other.card.place == card.place else { return false }
    return zip(tables, other.tables).allSatisfy { Value.table($0.table) == .table($1.table) }
  }

  func hash(into hasher: inout Hasher) { hasher.combine(card.place) }

  func field(_ name: String) -> Value? {
    if name == "head" { return .host(card.place.address) }
    return tables.first { $0.name == name }.map { .table($0.table) }
  }

  private var tables: [(name: String, table: Table)] {
    [
      ("targets", targets), ("rules", rules), ("matches", matches), ("directions", directions),
      ("echoes", echoes), ("losses", losses), ("probes", probes), ("neighbours", neighbours),
    ]
  }

  private func column(_ name: String, _ values: [Double]) -> Table.Column {
    Table.Column(name, values.map { .number($0) })
  }

  private func column(_ name: String, _ values: [String]) -> Table.Column {
    Table.Column(name, values.map { .string($0) })
  }

  private func interval(_ estimates: [Estimate]) -> [Table.Column] {
    [column("low", estimates.map(\.low)), column("high", estimates.map(\.high))]
  }

  /// A column of what random weights give; none where they were not asked for.
  private func null(_ values: (HeadCard) -> [Double]) -> [Table.Column] {
    random.map { [column("random", values($0))] } ?? []
  }

  private var targets: Table {
    let all = card.targets
    return Table(
      [column("target", all.map(\.target.title)), column("share", all.map(\.share.value))]
        + interval(all.map(\.share)) + [column("uniform", all.map(\.uniform))]
        + null { card in
          all.map { own in
            card.targets.first { $0.target == own.target }?.share.value ?? .nan
          }
        })
  }

  private var rules: Table {
    let finding = card.rules.findings[0]
    let order = card.rules.rules.indices.sorted { finding.shares[$0] > finding.shares[$1] }
    return Table(
      [
        column("rule", order.map { card.rules.rules[$0].title }),
        column("share", order.map { finding.shares[$0] }),
        column("weight", order.map { finding.weights[$0] }),
      ]
        + null { card in
          order.map { place in
            let rules = self.card.rules.rules[place]
            return card.rules.rules.firstIndex(of: rules).map { card.rules.findings[0].shares[$0] }
              ?? .nan
          }
        })
  }

  private func tokens(_ entries: [[HeadVocabulary.Entry]], isWritten: Bool) -> [Value] {
    entries.map { list in
      .list(of: list.map { .string(texts.plain($0.id, isWritten: isWritten)) })
    }
  }

  private var matches: Table {
    let all = card.matching?.directions ?? []
    return Table([
      column("share", all.flatMap { [$0.share, $0.share] }),
      Table.Column(
        "queries", tokens(all.flatMap { [$0.queries, $0.queriesAgainst] }, isWritten: false)),
      Table.Column("keys", tokens(all.flatMap { [$0.keys, $0.keysAgainst] }, isWritten: false)),
    ])
  }

  private var directions: Table {
    let all = card.vocabulary?.directions ?? []
    return Table([
      column("share", all.flatMap { [$0.share, $0.share] }),
      Table.Column(
        "reads", tokens(all.flatMap { [$0.reads, $0.readsAgainst] }, isWritten: false)),
      Table.Column(
        "writes",
        tokens(all.flatMap { [$0.writes, $0.writesAgainst] }, isWritten: card.writesLogits)),
    ])
  }

  private var echoes: Table {
    Table([
      column("token", card.echoes.map { texts.plain($0.id, isWritten: false) }),
      column("share", card.echoes.map(\.share)),
      Table.Column("writes", tokens(card.echoes.map(\.writes), isWritten: card.writesLogits)),
    ])
  }

  private var losses: Table {
    let all = card.losses
    return Table(
      [column("kind", all.map { $0.kind ?? "all" }), column("gain", all.map(\.gain.value))]
        + interval(all.map(\.gain))
        + [column("p", all.map(\.p)), Table.Column("texts", all.map { .int($0.count) })]
        + null { card in
          all.map { own in card.losses.first { $0.kind == own.kind }?.gain.value ?? .nan }
        })
  }

  private var probes: Table {
    let all = card.probes
    return Table(
      [
        column("probe", all.map(\.name)), column("with", all.map(\.with)),
        column("without", all.map(\.without)), column("change", all.map(\.change.value)),
      ] + interval(all.map(\.change)) + [Table.Column("texts", all.map { .int($0.count) })])
  }

  private var neighbours: Table {
    Table([
      Table.Column("head", card.neighbours.map { .host($0.place.address) }),
      column("distance", card.neighbours.map(\.distance)),
    ])
  }
}

extension AttentionTarget {
  /// What people call it.
  var title: String {
    switch self {
    case .offset(0): "itself"
    case .offset(let offset): offset > 0 ? "+\(offset)" : "−\(-offset)"
    case .first: "first"
    case .special: "special"
    case .punctuation: "punctuation"
    case .texts(let texts): texts.sorted().joined(separator: " ")
    }
  }
}
