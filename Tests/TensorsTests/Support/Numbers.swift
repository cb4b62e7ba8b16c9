import Tensors

/// A small reproducible source of numbers (a 64-bit linear congruential generator, upper bits).
struct Numbers {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 2_862_933_555_777_941_757 &+ 3_037_000_493 }

  /// Evenly spread over -1 … 1.
  mutating func next() -> Double {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Double(Int64(bitPattern: state) >> 11) / Double(1 << 52)
  }

  mutating func tensor<E: Scalar>(
    _ axes: [Axis], _ shape: [Int], scale: Double = 1, of type: E.Type = E.self
  ) -> Tensor<E> {
    let count = shape.reduce(1, *)
    return Tensor(axes, shape, (0..<count).map { _ in E(next() * scale) })
  }
}

/// The largest difference between two lists of numbers, infinite when one is NaN or the lengths
/// differ.
func largestDifference<E: Scalar>(_ a: [E], _ b: [E]) -> Double {
  guard a.count == b.count else { return .infinity }
  var largest = 0.0
  for (x, y) in zip(a, b) where x != y {
    let difference = abs(Double(x) - Double(y))
    largest = difference.isNaN ? .infinity : max(largest, difference)
  }
  return largest
}

/// Whether two lists hold the same bits, NaN included.
func sameBits<E: Scalar>(_ a: Tensor<E>, _ b: Tensor<E>) -> Bool {
  a.shape == b.shape
    && zip(a.elements, b.elements).allSatisfy {
      $0.sign == $1.sign && ($0 == $1 || ($0.isNaN && $1.isNaN))
    }
}

extension Scalar {
  /// How far a sum of a few thousand products of numbers below one may be off.
  static var sumTolerance: Double { self == Float.self ? 1e-4 : 1e-12 }
}
