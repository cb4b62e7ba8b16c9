import Tensors

/// Percentile intervals by drawing units, such as sentences, again with replacement (Efron and
/// Tibshirani 1993, An Introduction to the Bootstrap, chapter 13); of few units by Student's t, as
/// `Estimate` has it.
///
/// Units must be independent of each other: sentences, not tokens. A mean over tokens is a ratio of
/// two sums per sentence, so that no statistic is formed anew from the data. One unit, drawn again and
/// again, is always the same: it has a value and no interval, which is NaN then.
public enum Bootstrap {
  /// How often everything is resampled unless told otherwise.
  public static let resamples = 1000
  /// Denominators below this count as zero.
  public static let leastDenominator = 1e-12
  /// Fewer units than this have no interval.
  public static let leastUnits = 2
  /// Fewer units than this are not resampled: their interval is Student's.
  public static let leastResampled = 10

  /// The mean of values, one for each unit; those that are NaN are left out and counted.
  public static func mean(
    _ values: [Double], resamples: Int = resamples, level: Double = 0.95, seed: UInt64
  ) -> Estimate {
    let kept = values.filter { !$0.isNaN }
    let estimate = ratio(
      kept, [Double](repeating: 1, count: kept.count), resamples: resamples, level: level,
      seed: seed)
    return Estimate(
      value: estimate.value, low: estimate.low, high: estimate.high,
      skipped: values.count - kept.count)
  }

  /// The ratio of two sums over units: with the sums of a measure and the numbers of tokens of each
  /// sentence, the mean over tokens.
  ///
  /// Units with a NaN on either side are left out and counted as skipped; so are those whose own
  /// denominator is zero and that thus add nothing.
  public static func ratio(
    _ numerators: [Double], _ denominators: [Double], resamples: Int = resamples,
    level: Double = 0.95, seed: UInt64
  ) -> Estimate {
    ratios(
      Matrix(rows: numerators.count, columns: 1, numerators),
      Matrix(rows: denominators.count, columns: 1, denominators), resamples: resamples,
      level: level, seed: seed)[0]
  }

  /// Many ratios of sums, such as those of all heads, resampled together.
  ///
  /// - Parameters:
  ///   - numerators: a row for each unit, a column for each ratio.
  ///   - denominators: of the same shape, or with one column that all ratios share.
  /// - Returns: one estimate for each column, as `ratio` gives it.
  public static func ratios(
    _ numerators: Matrix, _ denominators: Matrix, resamples: Int = resamples,
    level: Double = 0.95, seed: UInt64
  ) -> [Estimate] {
    precondition(
      denominators.rows == numerators.rows
        && [1, numerators.columns].contains(denominators.columns),
      "numerators and denominators must have one shape")
    let (units, count) = (numerators.rows, numerators.columns)
    var (above, below) = (numerators, Matrix(zeros: units, count))
    var skipped = [Int](repeating: 0, count: count)
    for unit in 0..<units {
      for column in 0..<count {
        let place = unit * count + column
        let denominator = denominators[unit, denominators.columns == 1 ? 0 : column]
        if above.elements[place].isNaN || !(denominator.magnitude >= leastDenominator) {
          skipped[column] += 1
          above.elements[place] = 0
        } else {
          below.elements[place] = denominator
        }
      }
    }
    let draws = counts(units: units, resamples: resamples, seed: seed)
    let (tops, bottoms) = (draws.times(above), draws.times(below))
    return (0..<count).map { column in
      let (tall, low) = (above.column(column), below.column(column))
      let (top, bottom) = (tall.reduce(0, +), low.reduce(0, +))
      let counted = (0..<units).filter { low[$0] != 0 }
      return Estimate(
        value: divide(top, bottom), units: counted.count,
        resampled: (0..<resamples).map { divide(tops[$0, column], bottoms[$0, column]) },
        withoutEach: counted.map { divide(top - tall[$0], bottom - low[$0]) }, level: level,
        skipped: skipped[column])
    }
  }

  /// Any statistic of units that are named by their index.
  ///
  /// - Parameter statistic: gets the indices of the units drawn, some more than once; first all of
  ///   them, in order. NaN says that there is no value.
  public static func estimate(
    units: Int, resamples: Int = resamples, level: Double = 0.95, seed: UInt64,
    statistic: ([Int]) -> Double
  ) -> Estimate {
    var random = SeededGenerator(seed: seed)
    let value = statistic(Array(0..<units))
    guard units >= leastResampled else {
      return Estimate(
        value: value, units: units, resampled: [],
        withoutEach: (0..<units).map { unit in statistic((0..<units).filter { $0 != unit }) },
        level: level)
    }
    let resampled = (0..<resamples).map { _ in
      statistic((0..<units).map { _ in random.index(below: units) })
    }
    return Estimate(
      value: value, units: units, resampled: resampled, withoutEach: [], level: level)
  }

  /// How often each unit is drawn in each resample: resamples × units.
  ///
  /// For statistics that are linear in sums over units, or functions of such sums.
  public static func counts(units: Int, resamples: Int = resamples, seed: UInt64) -> Matrix {
    var random = SeededGenerator(seed: seed)
    var counts = Matrix(zeros: resamples, units)
    for resample in 0..<resamples where units > 0 {
      for _ in 0..<units { counts.elements[resample * units + random.index(below: units)] += 1 }
    }
    return counts
  }

  private static func divide(_ numerator: Double, _ denominator: Double) -> Double {
    denominator.magnitude < leastDenominator ? .nan : numerator / denominator
  }
}
