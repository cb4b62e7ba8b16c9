/// Sums over the tokens of each row of a corpus, and over how many tokens each goes: what means and
/// their intervals over sentences need, and nothing else.
///
/// There is a column for each number that is measured, such as one for each head.
public struct RowSums: Sendable, Hashable {
  /// How many rows the corpus has.
  public let rows: Int
  /// How many numbers are measured.
  public let columns: Int
  /// The sums, [row, column].
  public private(set) var sums: [Double]
  /// The weights behind them, [row, column].
  public private(set) var weights: [Double]
  /// For each column, how many values were left out because they were no numbers.
  public private(set) var skipped: [Int]

  /// Sums that are all zero.
  public init(rows: Int, columns: Int) {
    self.rows = rows
    self.columns = columns
    sums = [Double](repeating: 0, count: rows * columns)
    weights = sums
    skipped = [Int](repeating: 0, count: columns)
  }

  /// Adds a value; one that is no number is counted apart.
  public mutating func add(_ value: Double, weight: Double = 1, row: Int, column: Int) {
    guard value.isFinite else {
      skipped[column] += 1
      return
    }
    sums[row * columns + column] += value * weight
    weights[row * columns + column] += weight
  }

  /// Adds values, leaving out nil.
  public mutating func add(_ values: [Double?], row: Int, column: Int) {
    for case let value? in values { add(value, row: row, column: column) }
  }

  /// The mean over all tokens; NaN where there are none.
  public func mean(_ column: Int) -> Double {
    var (sum, weight) = (0.0, 0.0)
    for row in 0..<rows {
      sum += sums[row * columns + column]
      weight += weights[row * columns + column]
    }
    return weight < 1e-12 ? .nan : sum / weight
  }

  /// The mean over rows of each row's own mean, in which long rows count no more than short ones.
  public func meanOfRows(_ column: Int) -> Double {
    var (sum, count) = (0.0, 0.0)
    for place in stride(from: column, to: sums.count, by: max(columns, 1))
    where weights[place] >= 1e-12 {
      sum += sums[place] / weights[place]
      count += 1
    }
    return count == 0 ? .nan : sum / count
  }

  /// How many tokens stand behind a mean.
  public func weight(_ column: Int) -> Double {
    var weight = 0.0
    for row in 0..<rows { weight += weights[row * columns + column] }
    return weight
  }

  /// The sums of some rows only.
  public func selecting(rows chosen: [Int]) -> RowSums {
    var result = RowSums(rows: chosen.count, columns: columns)
    for (place, row) in chosen.enumerated() {
      for column in 0..<columns {
        result.sums[place * columns + column] = sums[row * columns + column]
        result.weights[place * columns + column] = weights[row * columns + column]
      }
    }
    return result
  }
}
