import Language

/// What both a sweep and its forecast take.
enum SweepParameters {
  static let prompt = Parameter<PromptInput>(
    "prompt", "A prompt, or a batch over which values are averaged.", .piped)
  static let over = Parameter<SweepPlaces>(
    "over", "A list of addresses or positions, or one address such as L*.H*.", .named)
  static let action = Parameter<FunctionValue>(
    "do", "What makes the intervention of each: `zero`, or a block that takes it.", .named)
  static let measure = Parameter<MetricInput>("measure", "A metric, or a list of them.", .named)
}
