import Analysis
import Language

/// Parameters that commands on attention share.
enum AttentionParameters {
  static let corpus = Parameter<CorpusInput>(
    "corpus", "A corpus, a list of texts, or one text.", .piped)
  static let heads = Parameter<AddressInput?>(
    "heads", "Which heads, of one attention; all of the first stack if none.")
  static let weights = WeightChoice.parameter(.own)
  static let seed = Parameter<Int?>(
    "seed", "What intervals and nulls are drawn from; the session's seed by default.", .named,
    in: .from(0))

  static func special(_ fallback: SpecialTokenRule = .keep) -> Parameter<SpecialTokenRule> {
    Parameter(
      "special", "What becomes of special tokens such as BOS, CLS and SEP.", .named,
      default: fallback, choices: SpecialTokenRule.choices)
  }
}

extension SpecialTokenRule {
  /// What is said of special tokens under a result.
  var notes: [String] {
    switch self {
    case .keep: []
    case .dropKeys: ["special tokens as keys left out, rows scaled to sum to one"]
    case .dropBoth: ["special tokens left out, rows scaled to sum to one"]
    }
  }
}

extension SpecialTokenRule: ChoiceArgument {
  /// What messages call it.
  public static var kind: String { "rule for special tokens" }
}
