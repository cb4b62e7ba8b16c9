import Corpora
import Transformers

/// A text as a model reads it, with the word that each token is a piece of.
public struct AnnotatedRow: Sendable {
  /// The text with its annotation.
  public let text: AnnotatedText
  /// The tokens.
  public let row: PromptRow
  /// For each token that was read from the text (of the source, in a model with two stacks), the
  /// place of its word in `text.words`; nil for special tokens and for what stands in no word.
  public let words: [Int?]
  /// The same for the decoder's tokens of a model with two stacks, in `text.targetWords`; empty for
  /// a model with one stack.
  public let targetWords: [Int?]

  /// Tokenises a text for a model and lays its words beside the tokens.
  ///
  /// A token belongs to the word that covers most of it, and to the first of several that cover
  /// equally much.
  ///
  /// - Throws: `ModelError` as `Prompt.row`.
  public init(_ text: AnnotatedText, for model: Model) throws(ModelError) {
    self.text = text
    let hasTarget = model.description.encoder != nil
    let prompt = Prompt(
      text.text, pair: text.pair, target: hasTarget ? text.target.map { .text($0) } : nil)
    row = try prompt.row(for: model)
    words = Self.align(row.written.tokens, text.words)
    targetWords = hasTarget ? Self.align(row.tokens, text.targetWords) : []
  }

  /// The tokens that `words` counts.
  public var tokens: [PromptToken] { row.written.tokens }

  /// The places of the tokens that make up each word, in order; empty for a word without any.
  public var pieces: [[Int]] { Self.pieces(words, count: text.words.count) }
  /// The same for the decoder's tokens and the words of the translation.
  public var targetPieces: [[Int]] { Self.pieces(targetWords, count: text.targetWords.count) }

  private static func pieces(_ words: [Int?], count: Int) -> [[Int]] {
    var pieces = [[Int]](repeating: [], count: count)
    for (token, word) in words.enumerated() {
      if let word { pieces[word].append(token) }
    }
    return pieces
  }

  private static func align(_ tokens: [PromptToken], _ words: [AnnotatedWord]) -> [Int?] {
    var first = 0
    return tokens.map { token in
      guard token.origin == .text || token.origin == .mask, let range = token.range,
        !range.isEmpty
      else { return nil }
      while first < words.count && words[first].range.upperBound <= range.lowerBound { first += 1 }
      var best: (word: Int, overlap: Int)?
      for word in first..<words.count {
        guard words[word].range.lowerBound < range.upperBound else { break }
        let overlap = words[word].range.clamped(to: range).count
        if overlap > best?.overlap ?? 0 { best = (word, overlap) }
      }
      return best?.word
    }
  }
}
