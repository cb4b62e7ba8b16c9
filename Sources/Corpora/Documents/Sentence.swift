/// A word of a text with its truth.
public struct Word: Sendable, Hashable {
  /// As it is written.
  public var text: String
  /// UTF-8 offsets into the document's text, as tokens have them.
  public var start: Int
  /// Where it ends.
  public var end: Int
  /// The form that stands for all.
  public var lemma: String
  /// The universal part of speech.
  public var partOfSpeech: PartOfSpeech
  /// The number of nouns, names, pronouns and finite verbs; nil for what shows none.
  public var number: GrammaticalNumber?
  /// Features as CoNLL-U writes them, such as `Number=Sing|Tense=Pres`; empty for none.
  public var features: String
  /// The place of the head in the sentence, from zero; nil for the root.
  public var head: Int?
  /// The relation to the head in the scheme of Universal Dependencies 2.
  public var relation: String
  /// What it refers to; equal numbers within a document are the same person or thing.
  public var entity: Int?
  /// Which sense of an ambiguous word is meant.
  public var sense: String?
}

/// A word of a translation, and what it renders.
public struct TranslatedWord: Sendable, Hashable {
  /// As it is written.
  public var text: String
  /// UTF-8 offsets into the document's translation.
  public var start: Int
  /// Where it ends.
  public var end: Int
  /// The places of the words in the source sentence that it renders, in order.
  public var sources: [Int]
}

/// A sentence with its truth and its translation.
public struct Sentence: Sendable, Hashable {
  /// Its text.
  public var text: String
  /// Its words in order.
  public var words: [Word]
  /// The same in Korean.
  public var translation: String
  /// The words of the translation in order.
  public var translatedWords: [TranslatedWord]
}

extension Document {
  /// The sentences with their truth.
  public var sentences: [Sentence] {
    var sentences: [Sentence] = []
    var start = 0
    var position = 0
    var translated = 0
    for end in ends {
      let range = start..<Int(end)
      let words = truth(range, &position)
      let translation = translate(range, &translated)
      sentences.append(
        Sentence(
          text: Document.spell(Array(nodes[range]), self.words), words: words,
          translation: translation.text, translatedWords: translation.words))
      start = Int(end)
    }
    return sentences
  }

  /// The whole text in Korean.
  public var translation: String { sentences.map(\.translation).joined(separator: " ") }

  private func truth(_ range: Range<Int>, _ position: inout Int) -> [Word] {
    range.map { index in
      let node = nodes[index]
      let lexeme = words.lexicon[node.lexeme]
      let text = Document.spelling(at: index, of: nodes, words)
      if index > 0 && !Document.isGlued(node, words) { position += 1 }
      let start = position
      position += text.utf8.count
      let features = Features(node, lexeme)
      return Word(
        text: text, start: start, end: position, lemma: lexeme.lemma,
        partOfSpeech: lexeme.partOfSpeech, number: features.number, features: features.text,
        head: node.head < 0 ? nil : Int(node.head) - range.lowerBound,
        relation: node.relation.name, entity: node.entity == 0 ? nil : Int(node.entity),
        sense: lexeme.sense)
    }
  }

  private func translate(
    _ range: Range<Int>, _ position: inout Int
  ) -> (text: String, words: [TranslatedWord]) {
    guard let root = range.first(where: { nodes[$0].head < 0 }) else { return ("", []) }
    var realizer = KoreanRealizer(nodes: nodes, sentence: range, words: words)
    var text = ""
    var translated: [TranslatedWord] = []
    if position > 0 { position += 1 }
    for piece in realizer.sentence(root: root) {
      if !text.isEmpty && !piece.isGlued {
        text += " "
        position += 1
      }
      let start = position
      text += piece.text
      position += piece.text.utf8.count
      translated.append(
        TranslatedWord(
          text: piece.text, start: start, end: position,
          sources: piece.sources.map { $0 - range.lowerBound }.sorted()))
    }
    return (text, translated)
  }
}
