/// An activation over a run of neighbouring elements, on the calling thread.
enum ActivationRun {
  /// `x = activation(x)`, times `factors` where they are given.
  static func apply<E: Scalar>(
    _ kind: Activation, _ x: UnsafeMutablePointer<E>, times factors: UnsafePointer<E>? = nil,
    count: Int
  ) {
    for index in stride(from: 0, to: count, by: 8) {
      let width = count - index
      var y = kind.value(at: Vector(at: x + index, upTo: width, filler: 0))
      if let factors { y *= Vector(at: factors + index, upTo: width, filler: 0) }
      y.store(to: x + index, upTo: width)
    }
  }
}

extension Activation {
  /// The activation of eight numbers.
  ///
  /// The choice is made for each vector: it costs one predicted jump, and every case is inlined.
  @inline(__always)
  fileprivate func value<E: Scalar>(at x: Vector<E>) -> Vector<E> {
    switch self {
    case .gelu:
      let half = x * 0.5
      return half.adding(half, times: VectorMath.erf(x * E(0.5).squareRoot()))
    case .geluTanh:
      // (1 + tanh u) / 2 is the sigmoid of 2u.
      let root = E(8 / Double.pi).squareRoot()
      return x * VectorMath.sigmoid((x + x * x * x * 0.044715) * root)
    case .quickGelu: return x * VectorMath.sigmoid(x * 1.702)
    case .silu: return x * VectorMath.sigmoid(x)
    case .relu: return VectorMath.positive(x)
    case .reluSquared: return VectorMath.positive(x) * VectorMath.positive(x)
    case .tanh: return VectorMath.tanh(x)
    case .identity: return x
    }
  }
}
