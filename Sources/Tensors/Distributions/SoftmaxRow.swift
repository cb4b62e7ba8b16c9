import Foundation

/// Softmax and its normaliser over one run of neighbouring elements, on the calling thread.
///
/// Sums are kept in sixteen lanes, by index modulo sixteen. Entries of -infinity add exact zeros to
/// them, so a run gives the same bits however many of them follow it, or precede it in sixteens.
enum SoftmaxRow {
  /// The run's length is a multiple of this between two starts that give the same bits.
  static let lanes = 16

  /// Replaces `x` by its softmax; all zeros when every entry is -infinity.
  @specialized(where E == Float)
  @specialized(where E == Double)
  static func apply<E: Scalar>(_ x: UnsafeMutablePointer<E>, count: Int) {
    let top = maximum(UnsafePointer(x), count)
    if top == -.infinity {
      x.update(repeating: 0, count: count)
      return
    }
    let total = exponentials(x, count, above: top)
    Elementwise.scale(x, by: 1 / total, count: count)
  }

  /// The logarithm of the sum of the exponentials; -infinity when every entry is.
  @specialized(where E == Float)
  @specialized(where E == Double)
  static func logSumExp<E: Scalar>(_ x: UnsafePointer<E>, count: Int) -> E {
    let top = maximum(x, count)
    if top == -.infinity { return top }
    let shift = Vector<E>(repeating: top)
    var (even, odd) = (Vector<E>(), Vector<E>())
    var index = 0
    while index < count {
      even += VectorMath.exp(part(x, index, count) - shift)
      odd += VectorMath.exp(part(x, index + 8, count) - shift)
      index += lanes
    }
    return top + E(Foundation.log(Double((even + odd).sum())))
  }

  @inline(__always)
  static func maximum<E: Scalar>(_ x: UnsafePointer<E>, _ count: Int) -> E {
    var (even, odd) = (Vector<E>(repeating: -.infinity), Vector<E>(repeating: -.infinity))
    var index = 0
    while index < count {
      let (first, second) = (part(x, index, count), part(x, index + 8, count))
      even.replace(with: first, where: first .> even)
      odd.replace(with: second, where: second .> odd)
      index += lanes
    }
    odd.replace(with: even, where: even .> odd)
    return odd.max()
  }

  /// Replaces `x` by `exp(x - top)` and returns the sum.
  @inline(__always)
  private static func exponentials<E: Scalar>(
    _ x: UnsafeMutablePointer<E>, _ count: Int, above top: E
  ) -> E {
    let shift = Vector<E>(repeating: top)
    var (even, odd) = (Vector<E>(), Vector<E>())
    var index = 0
    while index < count {
      let first = VectorMath.exp(part(UnsafePointer(x), index, count) - shift)
      let second = VectorMath.exp(part(UnsafePointer(x), index + 8, count) - shift)
      even += first
      odd += second
      store(first, x, index, count)
      store(second, x, index + 8, count)
      index += lanes
    }
    return (even + odd).sum()
  }

  /// Eight elements from `index` on; -infinity where there are none.
  @inline(__always)
  private static func part<E: Scalar>(
    _ x: UnsafePointer<E>, _ index: Int, _ count: Int
  ) -> Vector<E> {
    index + 8 <= count
      ? Vector(at: x + index)
      : Vector(at: x + index, count: max(count - index, 0), filler: -.infinity)
  }

  @inline(__always)
  private static func store<E: Scalar>(
    _ vector: Vector<E>, _ x: UnsafeMutablePointer<E>, _ index: Int, _ count: Int
  ) {
    if index + 8 <= count {
      vector.store(to: x + index)
    } else {
      vector.store(to: x + index, count: max(count - index, 0))
    }
  }
}
