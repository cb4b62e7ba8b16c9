import Statistics
import Tensors

extension RowSums {
  /// The mean of each column over tokens, with its 95 % interval over rows.
  ///
  /// - Parameter range: Where numbers of the kind can lie.
  public func estimates(
    seed: UInt64, within range: ClosedRange<Double> = -.infinity ... .infinity
  ) -> [Estimate] {
    guard columns > 0 else { return [] }
    return Bootstrap.ratios(
      Matrix(rows: rows, columns: columns, sums), Matrix(rows: rows, columns: columns, weights),
      seed: seed
    ).map { $0.within(range) }
  }

  /// How often a column's lead over the same column of a null is as great when the sign of each row's
  /// lead is drawn anew; NaN where no row has both.
  ///
  /// A row's lead is what its sum is ahead of what the null's mean would add up to. The test is
  /// one-sided.
  ///
  /// - Parameter lines: How many such tests are corrected together.
  public func excess(column: Int, over null: RowSums, lines: Int, seed: UInt64) -> Double {
    var leads: [Double] = []
    for row in 0..<rows {
      let place = row * columns + column
      guard weights[place] >= 1e-12, null.weights[place] >= 1e-12 else { continue }
      leads.append(sums[place] - null.sums[place] * weights[place] / null.weights[place])
    }
    return leads.isEmpty
      ? .nan : PermutationTest.paired(leads, lines: lines, tail: .greater, seed: seed).p
  }

  /// The same for all columns, corrected for their number by Benjamini and Hochberg.
  public func excess(over null: RowSums, seed: UInt64) -> [Double] {
    BenjaminiHochberg.adjusted(
      (0..<columns).map { excess(column: $0, over: null, lines: columns, seed: seed) })
  }
}
