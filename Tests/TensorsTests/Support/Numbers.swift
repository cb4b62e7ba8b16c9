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
    var elements: [Double] = []
    for _ in 0..<shape.reduce(1, *) { elements.append(next() * scale) }
    return Tensor<Double>(axes, shape, elements).converted(to: E.self)
  }
}

/// The largest difference between two lists of numbers, infinite when one is NaN or the lengths
/// differ.
func largestDifference(_ a: [Double], _ b: [Double]) -> Double {
  guard a.count == b.count else { return .infinity }
  var largest = 0.0
  for index in a.indices where a[index] != b[index] {
    let difference = abs(a[index] - b[index])
    largest = difference.isNaN ? .infinity : max(largest, difference)
  }
  return largest
}

/// Whether two tensors have the same shape and the same bits.
func sameBits<E: Scalar>(_ a: Tensor<E>, _ b: Tensor<E>) -> Bool {
  a.shape == b.shape
    && a.withElements { a in
      b.withElements { b in
        UnsafeRawBufferPointer(a).elementsEqual(UnsafeRawBufferPointer(b))
      }
    }
}

extension Tensor {
  /// The elements, widened.
  var doubles: [Double] { converted(to: Double.self).elements }
}

extension Scalar {
  /// How far a sum of a few thousand products of numbers below one may be off.
  static var sumTolerance: Double { self == Float.self ? 1e-4 : 1e-12 }
}
