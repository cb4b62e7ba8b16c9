/// The tokens that play a role beside text, as far as the tokenizer names them.
public struct SpecialTokens: Sendable, Hashable {
  /// Begins a sequence.
  public var bos: Int?
  /// Ends a sequence.
  public var eos: Int?
  /// Stands for what the vocabulary cannot express.
  public var unk: Int?
  /// Fills rows of a batch.
  public var pad: Int?
  /// Hides a token from a masked language model.
  public var mask: Int?
  /// Begins a sequence for a classifier.
  public var cls: Int?
  /// Separates segments.
  public var sep: Int?
  /// Every id that a decoder may skip: the roles, and the added tokens marked special.
  public var all: Set<Int> = []

  /// Makes a set of roles in which nobody plays any.
  public init() {}

  /// Whether `id` is a special token.
  public func isSpecial(_ id: Int) -> Bool { all.contains(id) }
}
