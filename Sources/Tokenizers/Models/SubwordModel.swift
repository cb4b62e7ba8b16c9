/// A token as a model gives it: an id and the UTF-8 bytes of the word that it stands for.
struct ModelToken {
  var id: Int
  var start: Int
  var end: Int
}

/// The stage that turns one word into ids.
protocol SubwordModel: Sendable {
  /// The pieces that the model knows.
  var vocabulary: Vocabulary { get }
  /// The id of the piece for unknown text, when the model has one.
  var unknownID: Int? { get }

  /// Whether an unknown token counts as the text that it stands for, not as its piece, when white
  /// space is trimmed off offsets.
  var unknownShowsText: Bool { get }

  /// Appends the tokens of one word.
  func tokenize(
    _ word: ArraySlice<Unicode.Scalar>, into tokens: inout [ModelToken]
  ) throws(TokenizerError)
}

extension SubwordModel {
  var unknownShowsText: Bool { false }
}

extension TokenizerError {
  /// A word that a model without an unknown piece cannot express.
  static func noUnknownPiece(_ model: String) -> TokenizerError {
    .cannotEncode(
      problem: "it holds characters that the \(model) vocabulary lacks, and the vocabulary has no "
        + "piece for unknown text",
      help: "Leave those characters out, or give token ids.")
  }
}

/// UTF-8 bytes of scalars.
func utf8(_ scalars: some Sequence<Unicode.Scalar>) -> [UInt8] {
  var bytes: [UInt8] = []
  for scalar in scalars {
    bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
  }
  return bytes
}
