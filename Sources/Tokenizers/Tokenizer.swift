import Foundation

/// Turns text into token ids and back, exactly as the `tokenizers` package does.
///
/// A tokenizer is a pipeline: added tokens are cut out, the rest is normalised and cut into words,
/// a model turns words into ids, and a post-processor puts them into a template; a decoder leads
/// back. Unicode properties are those of Swift's standard library, so scalars that were assigned
/// after the other side's tables were made may fall into other classes.
public final class Tokenizer: Sendable {
  let parts: TokenizerParts
  /// The tokens that play a role beside text.
  public let special: SpecialTokens
  /// Whether `encode` puts a token in front of the text, such as a beginning-of-sequence token.
  public let addsBeginning: Bool

  init(parts: TokenizerParts) {
    self.parts = parts
    special = parts.special
    let empty =
      parts.postProcessor?.process([Segment(tokens: [], isText: true)], addsSpecialTokens: true)
      ?? []
    let isFirstTemplate = empty.first { !$0.tokens.isEmpty || $0.isText }
    addsBeginning = isFirstTemplate.map { !$0.isText } ?? false
  }

  /// Reads the tokenizer in `folder`: tokenizer.json, else vocab.json with merges.txt (GPT-2's
  /// byte-level BPE), else vocab.txt (BERT's WordPiece); with tokenizer_config.json and
  /// special_tokens_map.json where they are.
  ///
  /// Throws a `TokenizerError` that names the file and the place in it.
  public convenience init(contentsOf folder: URL) throws(TokenizerError) {
    self.init(parts: try TokenizerFolder.read(folder))
  }

  /// How many pieces there are, added tokens included.
  public var vocabularySize: Int {
    let vocabulary = parts.model.vocabulary
    return vocabulary.count
      + parts.added.tokens.values.count { vocabulary.id(of: $0.content) == nil }
  }

  /// The piece with `id` as the vocabulary writes it.
  public func piece(_ id: Int) -> String? {
    pieceBytes(id).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The id of a piece as the vocabulary writes it, or of an added token.
  public func id(ofPiece piece: String) -> Int? {
    parts.id(of: Array(piece.utf8))
  }

  func pieceBytes(_ id: Int) -> [UInt8]? {
    parts.added.tokens[id]?.content ?? parts.model.vocabulary.piece(id).map { Array($0) }
  }
}
