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
  /// What the error function of `laplace` is taken of.
  @inline(__always)
  static func laplaceArgument<E: Scalar>(_ x: Vector<E>) -> Vector<E> {
    (x - Vector(repeating: 0.707107)) / Vector(repeating: 0.282095 * E(2).squareRoot())
  }

  /// tanh(ln(1 + eˣ)) as `n / (n + 2)` with `n = eˣ(eˣ + 2)`, which loses nothing to rounding; from
  /// 20 on it is 1 in both precisions.
  @inline(__always)
  static func mishGate<E: Scalar>(_ x: Vector<E>) -> Vector<E> {
    let power = VectorMath.exp(VectorMath.smaller(x, 20))
    let n = power * (power + Vector(repeating: 2))
    return n / (n + Vector(repeating: 2))
  }

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
    case .clippedGelu:
      let half = x * 0.5
      let gelu = half.adding(half, times: VectorMath.erf(x * E(0.5).squareRoot()))
      return VectorMath.clamped(gelu, from: -10, to: 10)
    case .hardSwish:
      return x * VectorMath.clamped(x + Vector(repeating: 3), from: 0, to: 6) / Vector(repeating: 6)
    case .laplace:
      let half = Vector<E>(repeating: 0.5)
      return half.adding(half, times: VectorMath.erf(Self.laplaceArgument(x)))
    case .leakyReLU: return VectorMath.positive(x) + (x - VectorMath.positive(x)) * 0.01
    case .mish: return x * Self.mishGate(x)
    case .relu6: return VectorMath.clamped(x, from: 0, to: 6)
    case .sigmoid: return VectorMath.sigmoid(x)
    case .rootSoftplus: return VectorMath.squareRoot(VectorMath.softplus(x))
    case .tanh: return VectorMath.tanh(x)
    case .identity: return x
    }
  }
}
