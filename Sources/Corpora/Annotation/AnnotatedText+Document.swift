extension AnnotatedText {
  /// A generated document with its whole truth.
  ///
  /// Columns hold the kind and what else is known of the document as a whole: `kind`, `attractors`,
  /// `number` (of the first subject), `sentiment` and `follows`, each where it is known.
  public init(_ document: Document) {
    self.init(document.text)
    target = document.translation
    for (index, sentence) in document.sentences.enumerated() {
      let first = words.count
      for word in sentence.words {
        words.append(AnnotatedWord(word, sentence: index, firstWord: first))
      }
      for word in sentence.translatedWords {
        var translated = AnnotatedWord(word.text, at: word.start..<word.end, sentence: index)
        translated.sources = word.sources.map { $0 + first }
        targetWords.append(translated)
      }
    }
    let known = document.attributes
    columns["kind"] = document.kind.rawValue
    columns["attractors"] = known.attractors.map(String.init)
    columns["number"] = known.subjectNumber?.rawValue
    columns["sentiment"] = known.sentiment?.rawValue
    columns["follows"] = known.follows.map(String.init)
  }
}

extension AnnotatedWord {
  fileprivate init(_ word: Word, sentence: Int, firstWord: Int) {
    self.init(word.text, at: word.start..<word.end, sentence: sentence)
    lemma = word.lemma
    partOfSpeech = word.partOfSpeech.rawValue
    features = Self.features(word.features)
    head = word.head.map { $0 + firstWord }
    relation = word.relation
    entity = word.entity
    sense = word.sense
  }

  /// Features as CoNLL-U writes them, `Number=Sing|Tense=Pres`; `_` and nothing are none.
  public static func features(_ text: String) -> [String: String] {
    var features: [String: String] = [:]
    for pair in text.split(separator: "|") {
      let parts = pair.split(separator: "=", maxSplits: 1)
      if parts.count == 2 { features[String(parts[0])] = String(parts[1]) }
    }
    return features
  }
}
