import Foundation

/// Softmax and its normaliser over one run of neighbouring elements, on the calling thread.
///
/// Sums are kept in sixteen lanes, by index modulo sixteen. Entries of -infinity add exact zeros to
/// them, so a run gives the same bits however many of them follow it, or precede it in sixteens.
enum SoftmaxRow {
  /// The run's length is a multiple of this between two starts that give the same bits.
  static let lanes = 16

  /// Replaces `x` by its softmax; all zeros when every entry is -infinity.
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
  static func logSumExp<E: Scalar>(_ x: UnsafePointer<E>, count: Int) -> E {
    let top = maximum(x, count)
    if top == -.infinity { return top }
    let shift = Vector<E>(repeating: top)
    var (even, odd) = (Vector<E>(), Vector<E>())
    forEachPair(x, count) { first, second, _ in
      even += VectorMath.exp(first - shift)
      odd += VectorMath.exp(second - shift)
    }
    return top + E(Foundation.log(Double((even + odd).sum())))
  }

  @inline(__always)
  private static func maximum<E: Scalar>(_ x: UnsafePointer<E>, _ count: Int) -> E {
    let least = Vector<E>(repeating: -.infinity)
    var (even, odd) = (least, least)
    forEachPair(x, count) { first, second, _ in
      even = Vector.larger(first, even)
      odd = Vector.larger(second, odd)
    }
    let both = Vector.larger(even, odd)
    return both.largest()
  }

  /// Replaces `x` by `exp(x - top)` and returns the sum.
  @inline(__always)
  private static func exponentials<E: Scalar>(
    _ x: UnsafeMutablePointer<E>, _ count: Int, above top: E
  ) -> E {
    let shift = Vector<E>(repeating: top)
    var (even, odd) = (Vector<E>(), Vector<E>())
    forEachPair(UnsafePointer(x), count) { first, second, index in
      let (left, right) = (VectorMath.exp(first - shift), VectorMath.exp(second - shift))
      even += left
      odd += right
      left.store(to: x + index, upTo: count - index)
      right.store(to: x + index + 8, upTo: count - index - 8)
    }
    return (even + odd).sum()
  }

  /// Calls `body` with each sixteen elements and their index; -infinity stands behind the end.
  @inline(__always)
  private static func forEachPair<E: Scalar>(
    _ x: UnsafePointer<E>, _ count: Int, _ body: (Vector<E>, Vector<E>, Int) -> Void
  ) {
    // One call of `body`, so that it is inlined.
    for index in stride(from: 0, to: count, by: lanes) {
      body(
        Vector(at: x + index, upTo: count - index, filler: -.infinity),
        Vector(at: x + index + 8, upTo: count - index - 8, filler: -.infinity), index)
    }
  }
}
