import Statistics
import Tensors

/// What the best cell for one kind of question gets, and what there is to compare it with.
public struct WordFinding: Sendable, Hashable {
  /// The kind of question, such as a relation; `all` for all of them.
  public let group: String
  /// How many questions of the kind the corpus has.
  public let cases: Int
  /// The head, by its place in the selection.
  public let head: Int
  /// The way in which it is read, 0 or 1.
  public let way: Int
  /// The share of questions that it gets right, on the half of the rows that did not choose it, with
  /// its interval over rows.
  public let accuracy: Estimate
  /// How many questions that half has whose answer could be seen.
  public let tested: Int
  /// The name of the best baseline, which is chosen on the same half as the head.
  public let baseline: String
  /// What it gets on the other half.
  public let baselineAccuracy: Double
  /// What the head gets at most, on the half that did not choose it, in 19 of 20 permutations of the
  /// answers.
  public let chance: Double
  /// How often a permutation gives the head as many hits (one-sided), corrected over the groups.
  ///
  /// The half that tells took no part in the choice, so that nothing is owed for the number of heads.
  public let p: Double
  /// Whether there are fewer than a hundred questions.
  public var isFew: Bool { cases < WordCases.many }
}

extension WordCases {
  /// From how many questions on an accuracy is one to rely on.
  public static let many = 100
  /// Right answers are dealt among so many questions with about as many words to choose from: what is
  /// right in a long text may not even exist in a short one.
  static let likes = 25

  /// The two halves of the rows: one chooses, the other tells.
  static func halves(rows: Int, seed: UInt64) -> (chooses: Set<Int>, tells: Set<Int>) {
    var random = SeededGenerator(seed: seed, name: "halves")
    let order = Array(0..<rows).shuffled(using: &random)
    return (Set(order.prefix(rows / 2)), Set(order.dropFirst(rows / 2)))
  }

  /// The best cell of each group that has enough questions.
  ///
  /// - Parameters:
  ///   - rows: How many rows the corpus has.
  ///   - ways: For each cell the way in which it reads, 0 or 1; cells of a head follow each other.
  ///   - least: Groups with fewer questions are left out.
  func findings(rows: Int, least: Int, seed: UInt64) -> [WordFinding] {
    let halves = Self.halves(rows: rows, seed: seed)
    let asked = (["all"] + groups).map { group in
      (group, cases.indices.filter { group == "all" || cases[$0].group == group })
    }.filter { $0.1.count >= least }
    let permutations = PermutationTest.permutations(lines: asked.count)
    var found: [WordFinding] = []
    for (group, places) in asked {
      let chosen = places.filter { halves.chooses.contains(cases[$0].row) }
      let told = places.filter { halves.tells.contains(cases[$0].row) }
      guard let best = best(chosen, told, least: least / 4) else { continue }
      found.append(
        finding(
          group, cases: places.count, best, chosen: chosen, told: told,
          permutations: permutations, seed: seed))
    }
    let corrected = BenjaminiHochberg.adjusted(found.map(\.p))
    return zip(found, corrected).map { finding, p in finding.with(p: p) }
  }

  /// The cell that gets most of the questions of one half right, of those that could see enough of
  /// them in both halves.
  private func best(_ chosen: [Int], _ told: [Int], least: Int) -> Int? {
    let isRead = (0..<2).map { way in isEnough(chosen, told, way: way, least: least) }
    var best: (cell: Int, share: Double)?
    for cell in 0..<cells where isRead[cell % 2] {
      let share = accuracy(cell, chosen, way: cell % 2).share
      if share > best?.share ?? -1 { best = (cell, share) }
    }
    return best?.cell
  }

  /// Whether a way of reading sees so many questions of each half, of a few questions one at least.
  func isEnough(_ chosen: [Int], _ told: [Int], way: Int, least: Int) -> Bool {
    [chosen, told].allSatisfy { half in
      half.count { cases[$0].isVisible[way] } >= max(least, 1)
    }
  }

  private func finding(
    _ group: String, cases count: Int, _ cell: Int, chosen: [Int], told: [Int],
    permutations: Int, seed: UInt64
  ) -> WordFinding {
    let way = cell % 2
    let baselines = self.baselines.indices.max {
      (baseline($0, chosen, way: way), $1) < (baseline($1, chosen, way: way), $0)
    }
    let share = accuracy(cell, told, way: way).share
    let null = chance(cell, told, permutations: permutations, seed: seed)
    let sorted = null.sorted()
    return WordFinding(
      group: group, cases: count, head: cell / 2, way: way,
      accuracy: estimate(told, way: way, seed: seed) { Double(credits[cell][$0]) },
      tested: told.count { self.cases[$0].isVisible[way] },
      baseline: baselines.map { self.baselines[$0] } ?? "",
      baselineAccuracy: baselines.map { baseline($0, told, way: way) } ?? .nan,
      chance: Quantile.of(sorted: sorted, 0.95),
      p: PermutationTest.result(observed: share, null: null).p)
  }

  /// The share of questions with its interval over rows.
  func estimate(_ chosen: [Int], way: Int, seed: UInt64, _ value: (Int) -> Double) -> Estimate {
    var sums: [Int: (Double, Double)] = [:]
    for place in chosen where cases[place].isVisible[way] {
      let old = sums[cases[place].row] ?? (0, 0)
      sums[cases[place].row] = (old.0 + value(place), old.1 + 1)
    }
    let rows = sums.keys.sorted()
    return Bootstrap.ratio(
      rows.map { sums[$0]?.0 ?? 0 }, rows.map { sums[$0]?.1 ?? 0 }, seed: seed
    ).within(0...1)
  }

  /// The accuracy of a cell, once for each permutation of the right answers among the questions that
  /// can be answered.
  private func chance(
    _ cell: Int, _ chosen: [Int], permutations: Int, seed: UInt64
  ) -> [Double] {
    let visible = chosen.filter { cases[$0].isVisible[cell % 2] }
      .sorted { (cases[$0].choices, $0) < (cases[$1].choices, $1) }
    return MatchPermutation(
      predictions: [visible.map { answers[cell][$0] }], truths: visible.map { cases[$0].right },
      runLength: Self.likes
    ).maxima(permutations: permutations, seed: seed)
  }
}

extension WordFinding {
  fileprivate func with(p: Double) -> WordFinding {
    WordFinding(
      group: group, cases: cases, head: head, way: way, accuracy: accuracy, tested: tested,
      baseline: baseline, baselineAccuracy: baselineAccuracy, chance: chance, p: p)
  }
}
