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
