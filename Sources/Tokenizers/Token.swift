/// One token of an encoded text, with where it came from.
public struct Token: Sendable, Hashable {
  /// Who put a token into the sequence.
  public enum Origin: Sendable, Hashable {
    /// The text itself.
    case text
    /// The second text of a pair.
    case second
    /// The template around the text, such as a beginning-of-sequence token.
    case template
  }

  /// The row of the embedding matrix.
  public var id: Int
  /// The piece as the vocabulary writes it, such as `Ġthe` or `##ing`.
  public var piece: String
  /// UTF-8 byte offsets into the text that the token came from; empty for a token of the template.
  public var offsets: Range<Int>
  /// Who put the token there.
  public var origin: Origin
  /// The segment id (0 for a single text).
  public var type: Int
  /// The number of the word that the token is part of, counted in its text by the pre-tokenizer.
  public var wordIndex: Int?

  /// Makes a token from its parts.
  public init(
    id: Int, piece: String, offsets: Range<Int>, origin: Origin, type: Int, wordIndex: Int?
  ) {
    self.id = id
    self.piece = piece
    self.offsets = offsets
    self.origin = origin
    self.type = type
    self.wordIndex = wordIndex
  }
}

/// What encoding a text gives: its tokens in order.
public struct Encoding: Sendable, Hashable {
  /// The tokens, template tokens included.
  public var tokens: [Token]

  /// Wraps tokens.
  public init(tokens: [Token]) {
    self.tokens = tokens
  }

  /// The ids alone.
  public var ids: [Int] { tokens.map(\.id) }

  /// The segment ids alone.
  public var types: [Int] { tokens.map(\.type) }
}
