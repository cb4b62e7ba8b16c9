extension AnnotatedText {
  /// Whether a sentence of this number has any words, or the text none at all.
  func hasSentence(_ sentence: Int) -> Bool {
    words.isEmpty || words.contains { $0.sentence == sentence }
  }

  /// One of its sentences as a text of its own: its words, counted from its beginning, and the part
  /// of the translation that belongs to it.
  ///
  /// Columns stay as they are; a second text of a pair stays with a text of one sentence only.
  public func sentence(_ sentence: Int) -> AnnotatedText {
    guard sentenceCount > 1 else { return self }
    let (text, words, first) = Self.part(sentence, of: text, words)
    var part = AnnotatedText(text, words: words)
    part.columns = columns
    if let target {
      let (text, words, _) = Self.part(sentence, of: target, targetWords)
      if !words.isEmpty {
        part.target = text
        part.targetWords = words.map { word in
          var word = word
          word.sources = word.sources.map { $0 - first }
          return word
        }
      }
    }
    return part
  }

  private static func part(
    _ sentence: Int, of text: String, _ words: [AnnotatedWord]
  ) -> (text: String, words: [AnnotatedWord], first: Int) {
    guard let first = words.firstIndex(where: { $0.sentence == sentence }),
      let last = words.lastIndex(where: { $0.sentence == sentence })
    else { return ("", [], 0) }
    let start = words[first].range.lowerBound
    let end = words[first...last].map(\.range.upperBound).max() ?? start
    let moved = words[first...last].map { word in
      var word = word
      word.range = word.range.lowerBound - start..<word.range.upperBound - start
      word.sentence = 0
      word.head = word.head.map { $0 - first }
      return word
    }
    return (String(decoding: Array(text.utf8)[start..<end], as: UTF8.self), moved, first)
  }

  /// Texts one behind the other, with `separators[i]` behind the i-th: sentences of a document.
  ///
  /// Columns come from the first text that has them.
  static func joined(_ texts: [AnnotatedText], separators: [String]) -> AnnotatedText {
    var whole = AnnotatedText("")
    for (index, text) in texts.enumerated() {
      let (start, first) = (whole.text.utf8.count, whole.words.count)
      let sentence = index == 0 ? 0 : whole.sentenceCount
      whole.text += text.text
      if index + 1 < texts.count { whole.text += separators[index] }
      whole.words += text.words.map { word in
        var word = word
        word.range = word.range.lowerBound + start..<word.range.upperBound + start
        word.sentence += sentence
        word.head = word.head.map { $0 + first }
        return word
      }
      whole.columns.merge(text.columns) { first, _ in first }
    }
    return whole
  }
}
