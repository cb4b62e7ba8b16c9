/// One token's normalisation, on the calling thread.
///
/// The fused kernels and their two halves both go through here, so they agree to the bit.
enum NormRow {
  /// The mean (zero unless `centred`) and one over the root of the mean square about it.
  static func statistics<E: Scalar>(
    _ x: UnsafePointer<E>, count: Int, epsilon: Double, centred: Bool
  ) -> (mean: E, inverse: E) {
    let mean = centred ? sum(x, count) / E(count) : 0
    let square = squares(x, count, about: mean) / E(count)
    return (mean, 1 / (square + E(epsilon)).squareRoot())
  }

  /// `target = (x - mean) · inverse · (gain + gainOffset) + bias`.
  static func apply<E: Scalar>(
    _ x: UnsafePointer<E>, _ statistics: (mean: E, inverse: E), gain: UnsafePointer<E>?,
    bias: UnsafePointer<E>?, gainOffset: E, into target: UnsafeMutablePointer<E>, count: Int
  ) {
    let mean = Vector<E>(repeating: statistics.mean)
    let inverse = Vector<E>(repeating: statistics.inverse)
    let offset = Vector<E>(repeating: gainOffset)
    var index = 0
    while index + 8 <= count {
      var y = (Vector(at: x + index) - mean) * inverse
      if let gain { y *= Vector(at: gain + index) + offset }
      if let bias { y += Vector(at: bias + index) }
      y.store(to: target + index)
      index += 8
    }
    while index < count {
      var y = (x[index] - statistics.mean) * statistics.inverse
      if let gain { y *= gain[index] + gainOffset }
      if let bias { y += bias[index] }
      target[index] = y
      index += 1
    }
  }

  @inline(__always)
  private static func sum<E: Scalar>(_ x: UnsafePointer<E>, _ count: Int) -> E {
    var (even, odd) = (Vector<E>(), Vector<E>())
    var index = 0
    while index + 16 <= count {
      even += Vector(at: x + index)
      odd += Vector(at: x + index + 8)
      index += 16
    }
    var total = (even + odd).sum()
    while index < count {
      total += x[index]
      index += 1
    }
    return total
  }

  @inline(__always)
  private static func squares<E: Scalar>(
    _ x: UnsafePointer<E>, _ count: Int, about mean: E
  ) -> E {
    var (even, odd) = (Vector<E>(), Vector<E>())
    let centre = Vector<E>(repeating: mean)
    var index = 0
    while index + 16 <= count {
      let first = Vector(at: x + index) - centre
      let second = Vector(at: x + index + 8) - centre
      even = even.adding(first, times: first)
      odd = odd.adding(second, times: second)
      index += 16
    }
    var total = (even + odd).sum()
    while index < count {
      let difference = x[index] - mean
      total += difference * difference
      index += 1
    }
    return total
  }
}
