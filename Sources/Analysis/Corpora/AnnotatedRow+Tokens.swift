import Corpora
import Transformers

extension AnnotatedRow {
  /// Tokens of which nothing is known beside themselves.
  public init(_ row: PromptRow) {
    self.init(
      text: AnnotatedText(""), row: row, words: row.written.tokens.map { _ in nil },
      targetWords: row.source == nil ? [] : row.tokens.map { _ in nil })
  }

  /// A row from its parts.
  init(text: AnnotatedText, row: PromptRow, words: [Int?], targetWords: [Int?]) {
    self.text = text
    self.row = row
    self.words = words
    self.targetWords = targetWords
    cutCount = 0
  }
}
