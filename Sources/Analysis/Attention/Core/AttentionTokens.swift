import Transformers

/// The tokens that attend, or that are attended to, in one row.
public struct AttentionTokens: Sendable {
  /// The tokens.
  public let tokens: [PromptToken]
  /// For each token the place of its word; nil for what stands in no word.
  public let words: [Int?]
  /// The places of the tokens that make up each word.
  public let pieces: [[Int]]

  /// How many tokens there are.
  public var count: Int { tokens.count }

  /// Whether a token comes from the tokenizer's template and not from the text: BOS, CLS, SEP and
  /// their kind.
  public func isSpecial(_ position: Int) -> Bool { tokens[position].origin == .template }

  /// The places of the special tokens.
  public var special: [Int] { tokens.indices.filter(isSpecial) }
  /// The places of all others.
  public var plain: [Int] { tokens.indices.filter { !isSpecial($0) } }
}

extension AnnotatedRow {
  /// The tokens of a side: the source of a model with two stacks is its encoder's.
  public func tokens(of stack: Stack) -> AttentionTokens {
    if stack == .encoder || row.source == nil {
      return AttentionTokens(tokens: tokens, words: words, pieces: pieces)
    }
    return AttentionTokens(tokens: row.tokens, words: targetWords, pieces: targetPieces)
  }
}

/// What becomes of special tokens in an analysis of attention.
public enum SpecialTokenRule: String, Sendable, Hashable, CaseIterable {
  /// They count as all others do.
  case keep
  /// Nobody attends to them: what is left of each row is scaled to sum to one.
  case dropKeys = "drop-keys"
  /// They neither attend nor are attended to.
  case dropBoth = "drop-both"
}
