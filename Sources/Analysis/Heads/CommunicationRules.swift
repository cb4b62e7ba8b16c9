import Faults
import Foundation
import Statistics
import Tensors
import Transformers

/// By which rules heads choose what they look at: each head's attention as a mixture of rules.
public struct CommunicationRules: Sendable {
  /// The heads, all of one attention.
  public let heads: HeadSelection
  /// The rules that were tried: several stand together where the texts cannot tell them apart.
  public let rules: [[AttentionRule]]
  /// What came out, a head each.
  public let findings: [Finding]
  /// How many rows of attention were looked at.
  public let rowCount: Int
  /// How many rows were left out, since nothing of them was left without special tokens.
  public let skipped: Int

  /// One head's rules.
  public struct Finding: Sendable {
    /// The weight of each rule in the mixture; they sum to one.
    public let weights: [Double]
    /// The share of the head's attention that each rule accounts for.
    public let shares: [Double]
    /// 1 − Σ KL(A‖rules) / Σ KL(A‖uniform): 1 where the rules say all, 0 where they say no more
    /// than that a head looks everywhere alike.
    public let coverage: Estimate
    /// The coverage that the same rules reach when each row's attention is dealt out to its keys at
    /// random.
    public let null: Double
  }

  /// The rules that account for most of a head's attention, most first: those with a share of at
  /// least `share`.
  public func main(of head: Int, share: Double = 0.1, limit: Int = 3)
    -> [(rules: [AttentionRule], share: Double)]
  {
    let shares = findings[head].shares
    return rules.indices.filter { shares[$0] >= share }
      .sorted { (shares[$0], $1) > (shares[$1], $0) }
      .prefix(limit).map { (rules[$0], shares[$0]) }
  }
}

/// Adds up what rules, information and scores are measured on, row by row.
struct RuleSums {
  private let heads: HeadSelection
  private let library: [AttentionRule]
  private let framing: AttentionFraming
  private var mixture: RuleMixture
  /// The text of each row.
  private var texts: [Int] = []
  /// ln of how many keys each row may see.
  private var uniform: [Double] = []
  /// For each head, what was observed in each group and Σ A ln A of each row.
  fileprivate var observed: [Masses]
  fileprivate var dealt: [Masses]
  private var random: SeededGenerator
  private(set) var skipped = 0

  fileprivate struct Masses {
    var groups: [Double] = []
    var negentropies: [Double] = []
  }

  init(_ heads: HeadSelection, framing: @escaping AttentionFraming, seed: UInt64) {
    self.heads = heads
    self.framing = framing
    library = AttentionRule.library(isCross: heads.isCross)
    mixture = RuleMixture(components: library.count)
    observed = Array(repeating: Masses(), count: heads.count)
    dealt = observed
    random = SeededGenerator(seed: seed, name: "dealt attention")
  }

  var rowCount: Int { mixture.rowCount }

  mutating func add(_ row: AttentionRow) {
    let rules = RuleRow(row, rules: library)
    let frame = framing(row)
    let views = (0..<heads.count).map { frame.view(of: row.pattern($0)).rows }
    for (place, query) in frame.queries.enumerated() {
      let support = frame.supports[place]
      guard !support.isEmpty, views.allSatisfy({ $0[place, support.lowerBound].isFinite }) else {
        skipped += 1
        continue
      }
      let groups = mixture.addRow(
        support.map { rules.members(query: query, key: frame.keys[$0]) })
      let count = (groups.max() ?? -1) + 1
      texts.append(row.index)
      uniform.append(log(Double(support.count)))
      var order = Array(0..<support.count)
      order.shuffle(using: &random)
      for head in 0..<heads.count {
        let weights = support.map { views[head][place, $0] }
        observed[head].add(weights, groups, count)
        dealt[head].add(order.map { weights[$0] }, groups, count)
      }
    }
  }

  /// What came of the rules.
  ///
  /// - Parameter check: Called between heads; what it throws stops the fits.
  func result(
    texts count: Int, seed: UInt64, check: () throws(Fault) -> Void = {}
  ) throws(Fault) -> CommunicationRules {
    let (active, unions) = distinctRules
    let kept = library.indices.filter { active[$0] }
    var findings: [CommunicationRules.Finding] = []
    for part in Array(0..<heads.count).chunked(Self.headsAtOnce) {
      try check()
      let fits = mixture.fits(part.map { observed[$0].groups }, active: active)
      try check()
      let nulls = mixture.fits(part.map { dealt[$0].groups }, active: active)
      for (place, head) in part.enumerated() {
        let sums = divergences(observed[head], fits[place], texts: count)
        let null = divergences(dealt[head], nulls[place], texts: count)
        let ratio = Bootstrap.ratio(sums.fromRules, sums.fromUniform, seed: seed)
        findings.append(
          CommunicationRules.Finding(
            weights: kept.map { fits[place].weights[$0] },
            shares: kept.map { fits[place].shares[$0] },
            coverage: Estimate(
              value: 1 - ratio.value, low: 1 - ratio.high, high: 1 - ratio.low,
              skipped: ratio.skipped),
            null: 1 - null.fromRules.reduce(0, +) / null.fromUniform.reduce(0, +)))
      }
    }
    return CommunicationRules(
      heads: heads, rules: unions, findings: findings, rowCount: mixture.rowCount,
      skipped: skipped)
  }

  /// How many heads are fitted together.
  private static let headsAtOnce = 24

  /// Rules that can be told apart, and for each of them those that it stands for too.
  private var distinctRules: (active: [Bool], unions: [[AttentionRule]]) {
    var active = library.indices.map { mixture.availability($0) > 0 }
    var unions: [[AttentionRule]] = []
    for first in library.indices where active[first] {
      var union = [library[first]]
      for second in library.indices where second > first && active[second] {
        if library[second] != .uniform, mixture.overlap(first, second) >= 0.95 {
          union.append(library[second])
          active[second] = false
        }
      }
      unions.append(union)
    }
    return (active, unions)
  }

  fileprivate func divergences(_ masses: Masses, _ fit: RuleMixture.Fit, texts count: Int) -> (
    fromRules: [Double], fromUniform: [Double]
  ) {
    var fromRules = [Double](repeating: 0, count: count)
    var fromUniform = fromRules
    for row in 0..<mixture.rowCount {
      fromRules[texts[row]] += masses.negentropies[row]
      fromUniform[texts[row]] += max(masses.negentropies[row] + uniform[row], 0)
    }
    for group in mixture.rows.indices where masses.groups[group] > 0 {
      fromRules[texts[mixture.rows[group]]] -= masses.groups[group] * fit.logDensities[group]
    }
    return (fromRules.map { max($0, 0) }, fromUniform)
  }
}

extension RuleSums.Masses {
  fileprivate mutating func add(_ weights: [Double], _ places: [Int], _ count: Int) {
    var own = [Double](repeating: 0, count: count)
    var negentropy = 0.0
    for (weight, place) in zip(weights, places) where weight > 0 {
      own[place] += weight
      negentropy += weight * log(weight)
    }
    groups += own
    negentropies.append(negentropy)
  }
}
