import Analysis
import Language

/// Parameters that `rollout` and `attention_flow` share.
enum MixingParameters {
  static let prompt = Parameter<SinglePrompt>("prompt", "The prompt.", .piped)
  static let fusion = Parameter<HeadFusion>(
    "fusion", "How a layer's heads become one.", .named, default: .mean,
    choices: HeadFusion.choices)
  static let residual = Parameter<ResidualShare>(
    "residual",
    """
    How much of a token stays in a step: a number from 0 to 1; a list, one for each; `measured`, or a \
    variant of `mixing_ratio`, for what lengths tell of each token.
    """, .named, default: .same(0.5), choices: ResidualShare.choices)
  static let special = AttentionParameters.special()
  static let side = Parameter<SideInput?>(
    "side", "One side of a model with two stacks; both together if none.", .named,
    choices: SideInput.choices)

  /// What they say together.
  static func options(
    _ fusion: HeadFusion, _ residual: ResidualShare, _ special: SpecialTokenRule, _ side: SideInput?
  ) -> MixingOptions {
    var options = MixingOptions()
    options.fusion = fusion
    options.residual = residual
    options.special = special
    options.stack = side?.stack
    return options
  }
}
