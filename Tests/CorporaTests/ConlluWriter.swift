import Corpora

/// Writes the truth in the CoNLL-U format of Universal Dependencies.
enum ConlluWriter {
  /// A document's sentences, each with a comment for its text and its translation, and an empty line
  /// behind it.
  ///
  /// `MISC` holds the offsets, the entity and the sense.
  ///
  /// - Parameters:
  ///   - document: What to write.
  ///   - id: A name that the sentences' ids begin with.
  static func write(_ document: Document, id: String) -> String {
    var text = "# newdoc id = \(id)\n# kind = \(document.kind.rawValue)\n"
    for (index, sentence) in document.sentences.enumerated() {
      text += "# sent_id = \(id)-\(index + 1)\n# text = \(sentence.text)\n"
      text += "# text_ko = \(sentence.translation)\n"
      for place in sentence.words.indices { text += line(sentence.words, place) + "\n" }
      text += "\n"
    }
    return text
  }

  private static func line(_ words: [Word], _ place: Int) -> String {
    let word = words[place]
    var notes: [String] = []
    if let entity = word.entity { notes.append("Entity=\(entity)") }
    notes.append("Offsets=\(word.start):\(word.end)")
    if let sense = word.sense { notes.append("Sense=\(sense)") }
    if place + 1 < words.count && words[place + 1].start == word.end {
      notes.append("SpaceAfter=No")
    }
    let columns = [
      "\(place + 1)", word.text, word.lemma, word.partOfSpeech.rawValue, "_",
      word.features.isEmpty ? "_" : word.features, "\(word.head.map { $0 + 1 } ?? 0)",
      word.relation, "_", notes.joined(separator: "|"),
    ]
    return columns.joined(separator: "\t")
  }
}
