import Tensors

extension AnyTensor {
  /// How far two ways to the same number may lie apart, relative to the largest number there.
  public var roundingLimit: Double {
    switch self {
    case .single: 1e-5
    case .double: 1e-11
    }
  }
}

/// The largest difference of two lists of numbers, relative to the largest number of the second.
///
/// Infinities and NaN count as equal to themselves; lists of different lengths are infinitely far
/// apart.
func relativeDistance(_ a: [Double], _ b: [Double]) -> Double {
  let largest = b.reduce(0) { $1.isFinite ? max($0, abs($1)) : $0 }
  return distance(a, b) / max(largest, .leastNormalMagnitude)
}

/// The largest absolute difference of two lists of numbers.
func distance(_ a: [Double], _ b: [Double]) -> Double {
  guard a.count == b.count else { return .infinity }
  var worst = 0.0
  for (x, y) in zip(a, b) where x != y && !(x.isNaN && y.isNaN) {
    let difference = abs(x - y)
    worst = difference.isNaN ? .infinity : max(worst, difference)
  }
  return worst
}
