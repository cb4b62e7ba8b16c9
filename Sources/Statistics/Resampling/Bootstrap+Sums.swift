import Tensors

extension Bootstrap {
  /// Numbers that are functions of sums over units, such as a correlation of its moments, resampled
  /// together.
  ///
  /// - Parameters:
  ///   - sums: a row for each unit; `size` columns for each number, one number after the other.
  ///   - function: gets the sums of one number over all units drawn; NaN says that it has no value.
  /// - Returns: one estimate for each number.
  public static func functions(
    of sums: Matrix, size: Int, resamples: Int = resamples, level: Double = 0.95, seed: UInt64,
    _ function: ([Double]) -> Double
  ) -> [Estimate] {
    precondition(size > 0 && sums.columns % size == 0, "whole groups of columns")
    let drawn = counts(units: sums.rows, resamples: resamples, seed: seed).times(sums)
    let whole = (0..<sums.columns).map { sums.column($0).reduce(0, +) }
    return (0..<sums.columns / size).map { number in
      let range = number * size..<(number + 1) * size
      return Estimate(
        value: function(Array(whole[range])), units: sums.rows,
        resampled: (0..<resamples).map { resample in
          let start = resample * sums.columns + range.lowerBound
          return function(Array(drawn.elements[start..<start + size]))
        },
        withoutEach: (0..<sums.rows).map { unit in
          function(range.map { whole[$0] - sums[unit, $0] })
        }, level: level)
    }
  }
}

extension Bootstrap {
  /// A function of sums over units with each unit left out.
  ///
  /// - Parameter sums: A row for each unit.
  public static func withoutEach(
    of sums: Matrix, _ function: ([Double]) -> Double
  ) -> [Double] {
    let whole = (0..<sums.columns).map { sums.column($0).reduce(0, +) }
    return (0..<sums.rows).map { unit in
      function(whole.indices.map { whole[$0] - sums[unit, $0] })
    }
  }
}

/// The sums from which Pearson's coefficient is formed, so that it can be resampled by units.
public enum Moments {
  /// How many sums there are.
  public static let count = 6

  /// The sums of some pairs: their number, Σx, Σy, Σx², Σy², Σxy.
  public static func of(_ pairs: some Sequence<(Double, Double)>) -> [Double] {
    var sums = [Double](repeating: 0, count: count)
    for (x, y) in pairs where !x.isNaN && !y.isNaN {
      sums[0] += 1
      sums[1] += x
      sums[2] += y
      sums[3] += x * x
      sums[4] += y * y
      sums[5] += x * y
    }
    return sums
  }

  /// Pearson's coefficient; NaN of fewer than two pairs, and where a side is constant.
  public static func correlation(_ sums: [Double]) -> Double {
    guard sums[0] > 1 else { return .nan }
    let n = sums[0]
    let (xx, yy) = (sums[3] - sums[1] * sums[1] / n, sums[4] - sums[2] * sums[2] / n)
    guard xx > 1e-12 * max(sums[3], 1e-300), yy > 1e-12 * max(sums[4], 1e-300) else {
      return .nan
    }
    let both = sums[5] - sums[1] * sums[2] / n
    return min(max(both / (xx.squareRoot() * yy.squareRoot()), -1), 1)
  }

  /// The standard deviation of x by its mean, of the sums of pairs; NaN where the mean is zero.
  public static func variation(_ sums: [Double]) -> Double {
    guard sums[0] > 1 else { return .nan }
    let mean = sums[1] / sums[0]
    let variance = max(sums[3] / sums[0] - mean * mean, 0)
    return abs(mean) < 1e-12 ? .nan : variance.squareRoot() / mean
  }
}
