import Corpora
import Faults
import Transformers

/// A text as a model reads it, with the word that each token is a piece of.
public struct AnnotatedRow: Sendable {
  /// The text with its annotation.
  public let text: AnnotatedText
  /// The tokens.
  public internal(set) var row: PromptRow
  /// For each token that was read from the text (of the source, in a model with two stacks), the
  /// place of its word in `text.words`; nil for special tokens and for what stands in no word.
  public let words: [Int?]
  /// The same for the decoder's tokens of a model with two stacks, in `text.targetWords`; empty for
  /// a model with one stack.
  public let targetWords: [Int?]
  /// How many tokens were left out at the end, because the model takes no more.
  public let cutCount: Int

  /// Tokenises a text for a model and lays its words beside the tokens.
  ///
  /// A token belongs to the word that covers most of it, and to the first of several that cover
  /// equally much. What is longer than the model's context is cut as `PromptRow.cut` does.
  ///
  /// - Throws: `Fault` as `Prompt.row`.
  public init(_ text: AnnotatedText, for model: Model) throws(Fault) {
    let hasTarget = model.description.encoder != nil
    let prompt = Prompt(
      text.text, pair: text.pair, target: hasTarget ? text.target.map { .text($0) } : nil)
    try self.init(text, prompt: prompt, for: model)
  }

  /// The same for a prompt that was made of the text and may have been changed since.
  ///
  /// - Throws: `Fault` as `Prompt.row`.
  public init(_ text: AnnotatedText, prompt: Prompt, for model: Model) throws(Fault) {
    self.text = text
    let hasTarget = model.description.encoder != nil
    var row = try prompt.row(for: model)
    cutCount = row.cut(to: model.description.contextLength ?? .max)
    self.row = row
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
    var last = 0
    return tokens.map { token in
      guard token.origin == .text || token.origin == .mask, let range = token.range,
        !range.isEmpty
      else { return nil }
      // Tokens may have been put in another order.
      if range.lowerBound < last { first = 0 }
      last = range.lowerBound
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

extension [AnnotatedRow] {
  /// What has to be said of the rows: how many were cut to fit the model's context.
  public var notes: [String] {
    let count = count { $0.cutCount > 0 }
    guard count > 0 else { return [] }
    let tokens = reduce(0) { $0 + $1.cutCount }
    return [
      "\(count) of \(self.count) texts are longer than the model's context: \(tokens) tokens were "
        + "left out at their ends"
    ]
  }
}
