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
  /// `gelu`, at most 10 and at least −10.
  case clippedGelu
  /// `x · min(max(x + 3, 0), 6) / 6` (Howard et al., 2019).
  case hardSwish
  /// `(1 + erf((x − μ)/(σ√2))) / 2` with μ = 0.707107 and σ = 0.282095 (Ma et al., 2023).
  case laplace
  /// `x` where it is positive, else `x / 100`.
  case leakyReLU
  /// `x · tanh(ln(1 + eˣ))` (Misra, 2020).
  case mish
  /// `min(max(x, 0), 6)`.
  case relu6
  /// `1 / (1 + e⁻ˣ)`.
  case sigmoid
  /// `√ln(1 + eˣ)`.
  case rootSoftplus
  /// The hyperbolic tangent.
  case tanh
  /// No change.
  case identity
}
