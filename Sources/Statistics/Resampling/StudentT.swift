import Foundation

/// Student's t distribution (Student 1908; the series are 26.7.3 and 26.7.4 of Abramowitz and Stegun).
public enum StudentT {
  /// The chance of a number between -t and t, for whole degrees of freedom from 1 on.
  public static func within(_ t: Double, freedom: Int) -> Double {
    let angle = atan(t / Double(freedom).squareRoot())
    let (sine, cosine) = (sin(angle), cos(angle))
    let isOdd = freedom % 2 == 1
    var term = isOdd ? cosine : 1
    var sum = freedom == 1 ? 0 : term
    for step in stride(from: isOdd ? 2 : 1, to: freedom - 1, by: 2) {
      term *= cosine * cosine * Double(step) / Double(step + 1)
      sum += term
    }
    return isOdd ? 2 / Double.pi * (angle + sine * sum) : sine * sum
  }

  /// The chance of a statistic as far from zero, to either side, by its standard error over units, such
  /// as texts, by the jackknife; NaN of fewer than `PermutationTest.leastUnits` units.
  ///
  /// - Parameter withoutEach: The statistic with each unit left out.
  public static func p(of value: Double, withoutEach: [Double]) -> Double {
    let left = withoutEach.filter { !$0.isNaN }
    guard left.count >= PermutationTest.leastUnits, !value.isNaN else { return .nan }
    let error = error(left)
    return error.isNaN
      ? .nan : max(1 - within(value.magnitude / error, freedom: left.count - 1), 0)
  }

  /// The standard error of a statistic by the jackknife (Tukey 1958); NaN of fewer than two units, and of
  /// units that agree up to rounding.
  ///
  /// - Parameter withoutEach: The statistic with each unit left out.
  static func error(_ withoutEach: [Double]) -> Double {
    let count = Double(withoutEach.count)
    let mean = withoutEach.reduce(0, +) / count
    let squares = withoutEach.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let error = (squares * (count - 1) / count).squareRoot()
    let size = withoutEach.reduce(0) { max($0, $1.magnitude) }
    return count >= 2 && error > 1e-12 * size ? error : .nan
  }

  /// The number t of which `share` of the distribution lies between -t and t.
  ///
  /// - Parameter share: From 0 to less than 1.
  public static func bound(holding share: Double, freedom: Int) -> Double {
    guard freedom >= 1, share < 1 else { return .infinity }
    var (low, high) = (0.0, 1.0)
    while within(high, freedom: freedom) < share { high *= 2 }
    for _ in 0..<200 {
      let middle = (low + high) / 2
      if within(middle, freedom: freedom) < share { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }
}
