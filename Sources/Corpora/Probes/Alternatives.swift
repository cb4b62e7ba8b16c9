/// The words that could stand at a place of a document, all else being as it is.
public struct Alternatives: Sendable {
  /// What a document would be with another word at the place.
  public struct Alternative: Sendable, Hashable {
    /// The word.
    public let word: String
    /// The logarithm of the probability of the whole text, in nats.
    public let logProbability: Double
  }

  /// The document.
  public let document: Document
  /// The place of the word among all words of the document.
  public let place: Int
  /// The document's own word first, then the others.
  public let words: [Alternative]
}

/// A stream of held-out documents with what else could stand at their words.
///
/// The alternatives are those that come from changing a single choice of the derivation: the last
/// one before the word, or else the first, in order, that changes this word and no other. Whatever
/// could stand there for other reasons is left out, so the list is what a guesser would face who
/// knows every other choice: nobody who sees the other words alone guesses better. (A text with one
/// of the alternatives has the same list, or else the list is the word alone; that is what makes it
/// a bound.)
public struct AlternativeGenerator {
  private let kinds: Choice<Kind>
  private var derivation: Derivation
  private var record = ChoiceRecord()

  /// A stream with a seed and a mixture of kinds.
  public init(seed: UInt64, mixture: Mixture = .standard) {
    kinds = mixture.choice ?? Choice(Kind.allCases, weights: Kind.allCases.map { _ in 1 })
    derivation = Derivation(seed: seed, split: .test)
  }

  /// The next document.
  public mutating func next() -> Document {
    while true {
      derivation.record = ChoiceRecord()
      let document = derivation.document(kinds)
      guard document.isHeldOut, let record = derivation.record else { continue }
      self.record = record
      return document
    }
  }

  /// What could stand at a place of the document that `next` gave last.
  public func alternatives(to document: Document, at place: Int) -> Alternatives {
    let own = Telling(document, record)
    let others = others(than: own, at: place)
    return Alternatives(
      document: document, place: place,
      words: ([own] + others).map {
        Alternatives.Alternative(
          word: Document.spelling(at: place, of: $0.document.nodes, $0.document.words),
          logProbability: $0.document.logProbability)
      })
  }

  /// A document with the choices that led to it.
  private struct Telling {
    let document: Document
    let record: ChoiceRecord

    init(_ document: Document, _ record: ChoiceRecord) {
      self.document = document
      self.record = record
    }
  }

  private func others(than own: Telling, at place: Int) -> [Telling] {
    let order = order(own.record, at: place)
    for (rank, choice) in order.enumerated() {
      let others = retold(own, changing: choice, at: place)
      guard !others.isEmpty else { continue }
      // Had one of them an earlier choice to change, its list would be another than this one.
      let isShared = others.allSatisfy { other in
        order[..<rank].allSatisfy { retold(other, changing: $0, at: place).isEmpty }
      }
      return isShared ? others : []
    }
    return []
  }

  /// The choices in the order in which they are tried: the last one before the word, then the others.
  private func order(_ record: ChoiceRecord, at place: Int) -> [Int] {
    let entries = record.entries
    let before = entries.lastIndex { $0.words <= place }
    return [before].compactMap { $0 } + entries.indices.filter { $0 != before }
  }

  /// The held-out documents that differ in the word at the place alone, through one choice.
  private func retold(_ telling: Telling, changing choice: Int, at place: Int) -> [Telling] {
    let entry = telling.record.entries[choice]
    return (0..<entry.count).compactMap { index in
      guard index != entry.index else { return nil }
      var derivation = derivation
      derivation.record = ChoiceRecord(telling.record, changing: choice, to: index)
      let document = derivation.document(kinds)
      guard let record = derivation.record, !record.isImpossible, record.isExhausted,
        document.isRare, document.differs(from: telling.document, at: place)
      else { return nil }
      return Telling(document, record)
    }
  }
}

extension Document {
  /// Whether the other document has other words at the place and nowhere else.
  fileprivate func differs(from other: Document, at place: Int) -> Bool {
    guard nodes.count == other.nodes.count, ends == other.ends else { return false }
    return nodes.indices.allSatisfy { index in
      let same =
        Document.spelling(at: index, of: nodes, words)
        == Document.spelling(at: index, of: other.nodes, other.words)
      return same == (index != place)
    }
  }
}
