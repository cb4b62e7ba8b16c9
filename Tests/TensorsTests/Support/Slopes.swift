@testable import Tensors

/// Compares gradients with central differences in double precision, along random directions.
enum Slopes {
  /// The largest error of `gradient`, in units of the slope that a direction of its length may have.
  ///
  /// - Parameters:
  ///   - gradient: The gradient at `x` of the sum of products of `value`'s elements and `factors`.
  ///   - value: What is differentiated.
  static func error(
    of gradient: Tensor<Double>, at x: Tensor<Double>, factors: Tensor<Double>,
    _ value: (Tensor<Double>) -> Tensor<Double>
  ) -> Double {
    guard gradient.shape == x.shape else { return .infinity }
    var numbers = Numbers(seed: 77)
    let slopes = gradient.elements
    let size = slopes.reduce(1e-3) { max($0, abs($1)) }
    var worst = 0.0
    for _ in 0..<4 {
      let direction: [Double] = x.elements.map { _ in numbers.next() }
      let step = 1e-6
      let sides = [step, -step].map { step in
        let moved = zip(x.elements, direction).map { $0 + step * $1 }
        return zip(value(Tensor(x.axes, x.shape, moved)).elements, factors.elements)
          .reduce(0) { $1.0.isFinite ? $0 + $1.0 * $1.1 : $0 }
      }
      let expected = (sides[0] - sides[1]) / (2 * step)
      let found = zip(slopes, direction).reduce(0) { $0 + $1.0 * $1.1 }
      let error = abs(found - expected) / (size * Double(x.count).squareRoot())
      worst = error.isNaN ? .infinity : max(worst, error)
    }
    return worst
  }

  /// How far differences themselves are off.
  static let limit = 1e-6
}
