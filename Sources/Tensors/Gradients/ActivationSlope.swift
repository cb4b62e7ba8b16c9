/// The derivative of an activation over a run of neighbouring elements, on the calling thread.
enum ActivationSlope {
  /// `gradient = gradient · activation'(x)`, times `factors` where they are given.
  static func apply<E: Scalar>(
    _ kind: Activation, _ gradient: UnsafeMutablePointer<E>, at x: UnsafePointer<E>,
    times factors: UnsafePointer<E>? = nil, count: Int
  ) {
    for index in stride(from: 0, to: count, by: 8) {
      let width = count - index
      var slope = kind.slope(at: Vector(at: x + index, upTo: width, filler: 0))
      if let factors { slope *= Vector(at: factors + index, upTo: width, filler: 0) }
      (Vector(at: gradient + index, upTo: width, filler: 0) * slope)
        .store(to: gradient + index, upTo: width)
    }
  }
}

extension Activation {
  /// The derivative at eight numbers.
  @inline(__always)
  fileprivate func slope<E: Scalar>(at x: Vector<E>) -> Vector<E> {
    let one = Vector<E>(repeating: 1)
    switch self {
    case .gelu:
      // Φ(x) + x · φ(x), the normal distribution and its density.
      let normal = (VectorMath.erf(x * E(0.5).squareRoot()) + one) * 0.5
      let density = VectorMath.exp(x * x * -0.5) * (E(0.5) / E.pi).squareRoot()
      return normal.adding(x, times: density)
    case .geluTanh:
      let root = E(8 / Double.pi).squareRoot()
      let square = x * x
      let gate = VectorMath.sigmoid(x.adding(x * square, times: Vector(repeating: 0.044715)) * root)
      let inner = (one + square * (3 * 0.044715)) * root
      return gate.adding(x * inner, times: gate * (one - gate))
    case .quickGelu:
      let gate = VectorMath.sigmoid(x * 1.702)
      return gate.adding(x * 1.702, times: gate * (one - gate))
    case .silu:
      let gate = VectorMath.sigmoid(x)
      return gate.adding(x, times: gate * (one - gate))
    case .relu: return VectorMath.step(x)
    case .reluSquared: return VectorMath.positive(x) * 2
    case .clippedGelu:
      // Only from above: the least value of gelu is −0.17.
      let normal = (VectorMath.erf(x * E(0.5).squareRoot()) + one) * 0.5
      let density = VectorMath.exp(x * x * -0.5) * (E(0.5) / E.pi).squareRoot()
      return normal.adding(x, times: density) * VectorMath.step(Vector(repeating: 10) - x)
    case .hardSwish:
      let inner =
        VectorMath.clamped(x + Vector(repeating: 3), from: 0, to: 6) / Vector(repeating: 6)
      let moves =
        VectorMath.step(x + Vector(repeating: 3)) * VectorMath.step(Vector(repeating: 3) - x)
      return inner.adding(x / Vector(repeating: 6), times: moves)
    case .laplace:
      let argument = Self.laplaceArgument(x)
      return VectorMath.exp(argument * argument * -1)
        / Vector(repeating: 0.282095 * (2 * E.pi).squareRoot())
    case .leakyReLU: return VectorMath.step(x) * 0.99 + Vector(repeating: 0.01)
    case .mish:
      let gate = Self.mishGate(x)
      return gate.adding(x * VectorMath.sigmoid(x), times: one - gate * gate)
    case .relu6: return VectorMath.step(x) * VectorMath.step(Vector(repeating: 6) - x)
    case .sigmoid:
      let y = VectorMath.sigmoid(x)
      return y * (one - y)
    case .rootSoftplus: return VectorMath.rootSoftplusSlope(x)
    case .tanh:
      let y = VectorMath.tanh(x)
      return one - y * y
    case .identity: return one
    }
  }
}
