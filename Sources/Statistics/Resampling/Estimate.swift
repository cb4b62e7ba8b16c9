/// A number with its interval.
public struct Estimate: Sendable, Hashable {
  /// The statistic of the whole sample; NaN where its denominator is zero.
  public let value: Double
  /// The lower end of the interval; NaN where it could not be formed, as of one unit, and of units
  /// that all say the same, whose spread is not known.
  public let low: Double
  /// The upper end of the interval.
  public let high: Double
  /// How many units of the sample, such as sentences, had no value and were left out.
  public let skipped: Int

  /// Makes an estimate.
  public init(value: Double, low: Double, high: Double, skipped: Int = 0) {
    self.value = value
    self.low = low
    self.high = high
    self.skipped = skipped
  }

  /// The estimate over units, such as sentences, with the interval that their number allows.
  ///
  /// From `Bootstrap.leastResampled` units on it is what the middle `level` of the resampled values
  /// spans. Fewer units drawn again hardly leave the range of those that there are, and the percentile
  /// interval of three covers 0.6 where it says 0.95: there it is Student's t times the standard error
  /// by the jackknife (Tukey 1958; Efron and Tibshirani 1993, chapters 11 and 12.6). Where the units
  /// show no spread at all, as where all have a share of 1, there is no interval.
  ///
  /// - Parameters:
  ///   - resampled: The statistic of units drawn again.
  ///   - withoutEach: The statistic with each unit left out.
  public init(
    value: Double, units: Int, resampled: @autoclosure () -> [Double],
    withoutEach: @autoclosure () -> [Double], level: Double, skipped: Int = 0
  ) {
    let none = Estimate(value: value, low: .nan, high: .nan, skipped: skipped)
    guard units >= Bootstrap.leastUnits, !value.isNaN else {
      self = none
      return
    }
    guard units < Bootstrap.leastResampled else {
      let found = Estimate(value: value, resampled: resampled(), level: level, skipped: skipped)
      self = found.high - found.low > 1e-12 * value.magnitude ? found : none
      return
    }
    let left = withoutEach().filter { !$0.isNaN }
    let reach = StudentT.bound(holding: level, freedom: left.count - 1) * StudentT.error(left)
    self =
      reach.isNaN
      ? none : Estimate(value: value, low: value - reach, high: value + reach, skipped: skipped)
  }

  /// The same with an interval that ends where the numbers of its kind do, such as 0 and 1 of shares.
  public func within(_ range: ClosedRange<Double>) -> Estimate {
    func cut(_ end: Double) -> Double {
      end.isNaN ? end : Swift.min(Swift.max(end, range.lowerBound), range.upperBound)
    }
    return Estimate(value: value, low: cut(low), high: cut(high), skipped: skipped)
  }

  /// The estimate whose interval is what the middle `level` of the resampled values spans.
  ///
  /// Resampled values that are NaN are left out.
  public init(value: Double, resampled: [Double], level: Double, skipped: Int = 0) {
    let sorted = resampled.filter { !$0.isNaN }.sorted()
    self.init(
      value: value, low: Quantile.of(sorted: sorted, (1 - level) / 2),
      high: Quantile.of(sorted: sorted, (1 + level) / 2), skipped: skipped)
  }
}

/// Places in sorted numbers.
public enum Quantile {
  /// The number below which `share` of sorted numbers lie, with linear interpolation between two;
  /// NaN of none.
  public static func of(sorted: [Double], _ share: Double) -> Double {
    guard let last = sorted.last else { return .nan }
    let place = share * Double(sorted.count - 1)
    let index = Int(place.rounded(.down))
    guard index + 1 < sorted.count else { return last }
    return sorted[index] + (place - Double(index)) * (sorted[index + 1] - sorted[index])
  }

  /// As `of(sorted:)`, of many numbers in any order: those about the place alone are sorted.
  public static func of(_ numbers: [Double], _ share: Double) -> Double {
    guard var low = numbers.first else { return .nan }
    var (high, isFinite) = (low, true)
    for number in numbers {
      low = min(low, number)
      high = max(high, number)
      isFinite = isFinite && number.isFinite
    }
    let bins = 1 << 12
    let scale = Double(bins - 1) / (high - low)
    guard numbers.count > bins, isFinite, scale.isFinite, low < high else {
      return of(sorted: numbers.sorted(), share)
    }
    var counts = [Int](repeating: 0, count: bins)
    for number in numbers { counts[Int((number - low) * scale)] += 1 }
    let place = share * Double(numbers.count - 1)
    let first = Int(place.rounded(.down))
    var (below, bin) = (0, 0)
    while below + counts[bin] <= first {
      below += counts[bin]
      bin += 1
    }
    // The next greater number may lie some bins further on.
    var (last, reached) = (bin, below + counts[bin])
    while reached <= first + 1, last + 1 < bins {
      last += 1
      reached += counts[last]
    }
    let near = numbers.filter { number in
      let own = Int((number - low) * scale)
      return own >= bin && own <= last
    }.sorted()
    let index = first - below
    guard index + 1 < near.count else { return near[index] }
    return near[index] + (place - Double(first)) * (near[index + 1] - near[index])
  }
}
