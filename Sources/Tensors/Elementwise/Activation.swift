/// The non-linearity of an MLP.
public enum Activation: Sendable, Hashable, CaseIterable {
  /// `x/2 · (1 + erf(x/√2))` (Hendrycks and Gimpel, 2016).
  case gelu
  /// The tanh approximation of it that GPT-2 uses.
  case geluTanh
  /// `x · sigmoid(1.702 x)`.
  case quickGelu
  /// `x · sigmoid(x)`.
  case silu
  /// `max(x, 0)`.
  case relu
  /// `max(x, 0)²`.
  case reluSquared
  /// The hyperbolic tangent.
  case tanh
  /// No change.
  case identity
}

extension Activation {
  /// The activation of eight numbers.
  @inline(__always)
  func apply<E: Scalar>(_ x: Vector<E>) -> Vector<E> {
    let one = Vector<E>(repeating: 1)
    switch self {
    case .gelu:
      return x * 0.5 * (one + VectorMath.erf(x * E(0.5).squareRoot()))
    case .geluTanh:
      let root = E(2 / Double.pi).squareRoot()
      let inner = (x + x * x * x * 0.044715) * root
      return x * 0.5 * (one + VectorMath.tanh(inner))
    case .quickGelu: return x / (one + VectorMath.exp(x * -1.702))
    case .silu: return x / (one + VectorMath.exp(-x))
    case .relu: return x.replacing(with: 0, where: x .< 0)
    case .reluSquared:
      let positive = x.replacing(with: 0, where: x .< 0)
      return positive * positive
    case .tanh: return VectorMath.tanh(x)
    case .identity: return x
    }
  }
}
