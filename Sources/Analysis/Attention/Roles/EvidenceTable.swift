import Statistics

/// What all detectors say of all heads, with tests that are corrected over the heads.
struct EvidenceTable {
  private(set) var missing: [String] = []
  private var columns: [[RoleEvidence?]] = []
  private let seed: UInt64
  private let heads: HeadSelection

  init(
    _ seen: HeadRoles.Detectors, _ repetition: RepetitionHeads?, least: Int, seed: UInt64
  ) {
    self.seed = seed
    heads = seen.heads
    if !heads.isCross {
      addPositional(seen.positions)
      for (place, role) in [HeadRole.itself, .previous, .next].enumerated() {
        add(role, seen.mass.given, seen.mass.uniform) { seen.mass.column($0, place) }
      }
    }
    addSink(seen.mass)
    add(.broad, seen.entropy.share, nil) { $0 }
    add(.rare, seen.rare.rarest, seen.rare.chance) { $0 }
    if let repetition {
      add(.induction, repetition.induction, repetition.inductionChance) { $0 }
      add(.duplicate, repetition.duplicate, repetition.duplicateChance) { $0 }
    }
    let words = heads.isCross ? seen.alignment.cases : seen.dependencies.cases
    addWords(heads.isCross ? .alignment : .syntactic, words, least: least)
    if !heads.isCross, repetition == nil {
      missing.append("induction and duplicate: the texts have too few different tokens")
    }
  }

  /// The evidence of one head, role by role.
  func evidence(of head: Int) -> [RoleEvidence] { columns.compactMap { $0[head] } }

  /// Adds a role whose score is a mean over rows, and whose null another.
  ///
  /// - Parameter choices: From how many columns a head's is chosen by the score that is told; p counts
  ///   all of them (Bonferroni).
  private mutating func add(
    _ role: HeadRole, _ scores: RowSums, _ nulls: RowSums?, choices: Int = 1,
    detail: (Int) -> String = { _ in "" }, column: (Int) -> Int?
  ) {
    let places = (0..<heads.count).map(column)
    let estimates = scores.estimates(seed: seed, within: 0...1)
    let p = places.map { place in
      guard let place, let nulls else { return Double.nan }
      let own = scores.excess(
        column: place, over: nulls, lines: heads.count * choices, seed: seed)
      return min(own * Double(choices), 1)
    }
    let corrected = BenjaminiHochberg.adjusted(p)
    columns.append(
      places.enumerated().map { head, place in
        guard let place, !estimates[place].value.isNaN else { return nil }
        return RoleEvidence(
          role: role, detail: detail(head), score: estimates[place],
          null: nulls?.mean(place) ?? .nan, p: corrected[head])
      })
  }

  private mutating func addPositional(_ found: PositionalHeads) {
    let best = (0..<heads.count).map(found.best)
    add(
      .positional, found.hits, found.chance, choices: PositionalHeads.offsets.count,
      detail: { head in best[head].map { $0 > 0 ? "+\($0)" : "\($0)" } ?? "" }
    ) { head in best[head].map { found.column(head, $0) } }
    if best.allSatisfy({ $0 == nil }) {
      missing.append("positional: no text has \(PositionalHeads.leastLength) tokens")
    }
  }

  /// The first token or the special ones, whichever get more.
  private mutating func addSink(_ mass: AttentionMass) {
    func column(_ head: Int) -> Int {
      let (first, special) = (mass.column(head, 3), mass.column(head, 4))
      return mass.given.mean(special) > mass.given.mean(first) ? special : first
    }
    add(
      .sink, mass.given, mass.uniform, choices: 2,
      detail: { column($0) == mass.column($0, 4) ? "special" : "first" }, column: column)
  }

  /// The relation at which each head is most ahead of fixed distances on one half of the rows, with
  /// what it gets on the other.
  private mutating func addWords(_ role: HeadRole, _ words: WordCases, least: Int) {
    let halves = WordCases.halves(rows: words.rowCount, seed: seed)
    let groups = words.groups.filter { group in
      words.cases.count { $0.group == group } >= least
    }
    guard !groups.isEmpty else {
      missing.append("\(role.rawValue): no relation occurs \(least) times in annotated texts")
      return
    }
    let places = groups.map { group in
      words.cases.indices.filter { words.cases[$0].group == group }
    }
    let found = (0..<heads.count).map { head in
      words.mostAhead(head, groups: places, halves: halves, least: least / 4, seed: seed)
    }
    let corrected = BenjaminiHochberg.adjusted(found.map { $0?.p ?? .nan })
    columns.append(
      found.enumerated().map { head, finding in
        finding.map {
          RoleEvidence(
            role: role, detail: words.label(groups[$0.group], way: $0.way, role), score: $0.score,
            null: $0.baseline, p: corrected[head])
        }
      })
  }
}

extension WordCases {
  /// One more than the last row that asks a question.
  var rowCount: Int { (cases.map(\.row).max() ?? -1) + 1 }

  /// A group and a way of reading in words.
  func label(_ group: String, way: Int, _ role: HeadRole) -> String {
    if role == .alignment { return way == 0 ? group : "\(group), writing" }
    return way == 0 ? "\(group)→head" : "head→\(group)"
  }

  /// The group and way in which a head is most ahead of the best baseline.
  func mostAhead(
    _ head: Int, groups: [[Int]], halves: (chooses: Set<Int>, tells: Set<Int>), least: Int,
    seed: UInt64
  ) -> (group: Int, way: Int, score: Estimate, baseline: Double, p: Double)? {
    var best: (group: Int, way: Int, baseline: Int, lead: Double)?
    for (group, places) in groups.enumerated() {
      let chosen = places.filter { halves.chooses.contains(cases[$0].row) }
      let told = places.filter { halves.tells.contains(cases[$0].row) }
      for way in 0..<2 {
        let share = accuracy(head * 2 + way, chosen, way: way).share
        guard isEnough(chosen, told, way: way, least: least) else { continue }
        let levels = baselines.indices.map { baseline($0, chosen, way: way) }
        guard let top = levels.indices.max(by: { levels[$0] < levels[$1] }) else { continue }
        let lead = share - levels[top]
        if lead > best?.lead ?? -2 { best = (group, way, top, lead) }
      }
    }
    guard let best else { return nil }
    let told = groups[best.group].filter {
      halves.tells.contains(cases[$0].row) && cases[$0].isVisible[best.way]
    }
    let cell = head * 2 + best.way
    var differences: [Int: Double] = [:]
    for place in told {
      differences[cases[place].row, default: 0] +=
        Double(credits[cell][place]) - cases[place].baselines[best.baseline]
    }
    let rows = differences.keys.sorted()
    return (
      best.group, best.way,
      estimate(told, way: best.way, seed: seed) { Double(credits[cell][$0]) },
      baseline(best.baseline, told, way: best.way),
      PermutationTest.paired(
        rows.map { differences[$0] ?? 0 }, lines: cells / 2, tail: .greater, seed: seed
      ).p
    )
  }
}
