import Tensors

/// How much of a number's variance others explain linearly.
public enum ExplainedVariance {
  /// R² of a least-squares fit with a constant; NaN where the number is constant, or there are not
  /// more items than predictors.
  ///
  /// - Parameters:
  ///   - predictors: an entry for each predictor, each with a number for each item; constant and
  ///     dependent ones do no harm.
  ///   - groups: the group of each item; each group has a constant of its own, and what groups
  ///     explain counts as explained.
  public static func of(
    _ target: [Double], by predictors: [[Double]], groups: [Int] = []
  ) -> Double {
    precondition(
      predictors.allSatisfy { $0.count == target.count }, "a number for each item")
    let names = Array(Set(groups)).sorted()
    var columns = predictors.map(standardised)
    if groups.count == target.count {
      for name in names { columns.append(groups.map { $0 == name ? 1 : 0 }) }
    }
    columns.append([Double](repeating: 1, count: target.count))
    guard target.count > predictors.count + max(names.count, 1) else { return .nan }
    let mean = target.reduce(0, +) / Double(target.count)
    let total = target.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    guard total > 1e-300 else { return .nan }
    let design = Matrix(columns).transposed
    let wanted = Matrix(rows: target.count, columns: 1, target)
    guard let weights = try? design.leastSquares(wanted) else { return .nan }
    let fitted = design.times(weights).elements
    let rest = zip(target, fitted).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    return 1 - rest / total
  }

  private static func standardised(_ numbers: [Double]) -> [Double] {
    let count = Double(max(numbers.count, 1))
    let mean = numbers.reduce(0, +) / count
    let deviation =
      (numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count).squareRoot()
    return numbers.map { deviation > 0 ? ($0 - mean) / deviation : 0 }
  }
}
