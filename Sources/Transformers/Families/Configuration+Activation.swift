import Checkpoints
import Tensors

extension Configuration {
  /// An activation by the name that configurations use for it.
  ///
  /// - Throws: `CheckpointError` for a name that nobody knows, and for an activation with numbers of
  ///   its own that are learnt.
  func activation(_ key: String, default standard: String) throws(CheckpointError) -> Activation {
    let name = try string(key, default: standard)
    if let activation = Self.activations[name] { return activation }
    let known = Self.activations.keys.sorted().joined(separator: ", ")
    if Self.learntActivations.contains(name) {
      throw unsupported(
        key, known: known, found: "\"\(name)\", an activation whose slopes are learnt")
    }
    throw invalid(key, expected: "one of " + known, found: "\"\(name)\"")
  }

  /// The names of the transformers library; those that share an activation differ in how they round.
  private static let activations: [String: Activation] = [
    "gelu": .gelu, "gelu_python": .gelu, "gelu_new": .geluTanh, "gelu_pytorch_tanh": .geluTanh,
    "gelu_python_tanh": .geluTanh, "gelu_fast": .geluTanh, "gelu_accurate": .geluTanh,
    "gelu_10": .clippedGelu, "quick_gelu": .quickGelu, "silu": .silu, "swish": .silu,
    "hardswish": .hardSwish, "laplace": .laplace, "leaky_relu": .leakyReLU, "mish": .mish,
    "relu": .relu, "relu2": .reluSquared, "relu6": .relu6, "sigmoid": .sigmoid,
    "sqrtsoftplus": .rootSoftplus, "tanh": .tanh, "linear": .identity,
  ]

  /// Names of activations that store tensors of their own in every layer.
  private static let learntActivations: Set<String> = ["prelu", "xielu"]
}
