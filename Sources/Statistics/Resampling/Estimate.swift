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
