import Analysis
import Language

extension TokenInformation.Label: ChoiceArgument {
  /// What messages call it.
  public static var kind: String { "label" }
}

extension Preservation.Property: ChoiceArgument {
  /// What messages call it.
  public static var kind: String { "property" }
}

extension Preservation.Metric: ChoiceArgument {
  /// What messages call it.
  public static var kind: String { "metric of vectors" }
}

extension TokenGroups.Division: ChoiceArgument {
  /// What messages call it.
  public static var kind: String { "division" }
}

/// As which texts a masked model reads the corpus.
enum TextState: String, ChoiceArgument {
  /// As they are.
  case clean
  /// With tokens hidden, as in the training of masked models.
  case corrupted

  static let kind = "state of the texts"
}

/// Parameters that analyses of samples of tokens share.
enum SampleParameters {
  /// The texts, or what was gathered of them.
  static func tokens(_ words: String = "Texts, or activations that were gathered.")
    -> Parameter<TokensInput>
  {
    Parameter("corpus", words, .piped)
  }

  /// How many types.
  static func types(_ count: Int, from least: Double = 1) -> Parameter<Int> {
    Parameter(
      "types", "The most types of tokens.", .named, default: count, in: .from(least, to: 1e9))
  }

  /// How many tokens of each type or group.
  static func each(
    _ count: Int, of group: String = "type", from least: Double = 1
  ) -> Parameter<Int> {
    Parameter(
      "each", "The most tokens of a \(group).", .named, default: count, in: .from(least, to: 1e9))
  }

  /// Which of two stacks.
  static var side: Parameter<SideInput?> {
    Parameter(
      "side", "Of a model with two stacks: `enc` or `dec`; the encoder if none.", .named,
      choices: SideInput.choices)
  }

  /// What is drawn from.
  static var seed: Parameter<Int?> {
    Parameter("seed", "What is drawn from; the session's seed by default.", .named, in: .from(0))
  }
}
