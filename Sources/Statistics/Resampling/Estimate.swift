/// A number with its interval.
public struct Estimate: Sendable, Hashable {
  /// The statistic of the whole sample; NaN where its denominator is zero.
  public let value: Double
  /// The lower end of the interval; NaN where it could not be formed.
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
}
