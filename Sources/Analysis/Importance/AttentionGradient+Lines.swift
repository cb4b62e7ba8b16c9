import Statistics
import Transformers

extension AttentionGradient {
  /// What was measured of a kind of tokens by heads that are taken together.
  public struct Line: Sendable {
    /// The head, or the attention whose heads are taken together.
    public let unit: Address
    /// The kind of tokens.
    public let set: TokenSet
    /// What a query gives to the kind.
    public let attention: Estimate
    /// The mean of |∂L/∂A| at the kind.
    public let gradient: Estimate
    /// The same at all other keys: what it is where nothing sets the kind apart.
    public let others: Double
    /// The chance of a difference between the two as great, to either side, over texts.
    public let p: Double
    /// The mean of |A · ∂L/∂A| at the kind.
    public let weighted: Estimate
    /// The change of the loss when the kind is hidden; nil where that was not measured.
    public let change: Estimate?
  }

  /// The lines of a table: heads or layers, and for each the kinds of tokens that occur.
  public func lines(
    by unit: AttentionKnockout.Unit, _ knockout: AttentionKnockout?, seed: UInt64
  ) -> [Line] {
    let units = heads.units(by: unit)
    var lines: [Line] = []
    for (place, unit) in units.enumerated() {
      for (index, set) in sets.enumerated() {
        let columns = unit.heads.map { column($0, index) }
        let all = unit.heads.map { column($0, sets.count - 1) }
        let own = gradient.joined(columns)
        guard own.weights.contains(where: { $0 > 0 }) else { continue }
        let whole = gradient.joined(all)
        let rest = zip(whole.sums, own.sums).map { $0 - $1 }
        let restWeights = zip(whole.weights, own.weights).map { $0 - $1 }
        let restSum = restWeights.reduce(0, +)
        let differences = own.sums.indices.compactMap { text -> Double? in
          own.weights[text] > 0 && restWeights[text] > 0.5
            ? own.sums[text] / own.weights[text] - rest[text] / restWeights[text] : nil
        }
        lines.append(
          Line(
            unit: unit.address, set: set, attention: mass.joined(columns).estimate(seed: seed),
            gradient: own.estimate(seed: seed),
            others: restSum > 0.5 ? rest.reduce(0, +) / restSum : .nan,
            p: differences.count > 1
              ? PermutationTest.paired(
                differences, lines: units.count * sets.count, seed: seed
              ).p : .nan,
            weighted: weighted.joined(columns).estimate(seed: seed),
            change: set == .all
              ? nil
              : knockout?.change.joined([place * sets.count + index]).estimate(seed: seed)))
      }
    }
    return lines
  }
}

/// The sums and weights of some columns together, text by text.
struct JoinedSums {
  let sums: [Double]
  let weights: [Double]

  /// The mean with its interval over texts.
  func estimate(seed: UInt64) -> Estimate { Bootstrap.ratio(sums, weights, seed: seed) }
}

extension RowSums {
  /// Some columns taken together.
  func joined(_ chosen: [Int]) -> JoinedSums {
    func total(_ numbers: [Double]) -> [Double] {
      (0..<rows).map { row in chosen.reduce(0) { $0 + numbers[row * columns + $1] } }
    }
    return JoinedSums(sums: total(sums), weights: total(weights))
  }
}
