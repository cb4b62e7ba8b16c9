import Faults
import Tensors

/// Texts with their annotation, of which each is read or made when it is asked for.
public struct Corpus: Sendable {
  /// Where the texts come from.
  public let source: any TextSource
  /// Which of them, in order; nil for all.
  private let places: [Int]?

  /// All texts of a source.
  public init(_ source: any TextSource) {
    self.source = source
    places = nil
  }

  private init(_ source: any TextSource, _ places: [Int]) {
    self.source = source
    self.places = places
  }

  /// A corpus of texts that are there already.
  public init(_ texts: [AnnotatedText], title: String = "list") {
    self.init(TextList(texts, title: title))
  }

  /// How many texts there are.
  public var count: Int { places?.count ?? source.count }

  /// The text at a place from 0 to `count - 1`.
  ///
  /// - Throws: `Fault` as the source.
  public func text(at place: Int) throws(Fault) -> AnnotatedText {
    try source.text(at: places?[place] ?? place)
  }

  /// The texts at these places, in that order, unread.
  public func picking(_ chosen: [Int]) -> Corpus {
    Corpus(source, chosen.map { places?[$0] ?? $0 })
  }

  /// So many texts, drawn without replacement, in the order in which they stand here; all of them
  /// when there are no more.
  public func sample(_ count: Int, seed: UInt64) -> Corpus {
    picking(SeededGenerator.choose(count, of: self.count, seed: seed))
  }

  /// Every text, in order.
  ///
  /// - Throws: `Fault` as the source.
  public func texts() throws(Fault) -> [AnnotatedText] {
    var texts: [AnnotatedText] = []
    texts.reserveCapacity(count)
    for place in 0..<count { texts.append(try text(at: place)) }
    return texts
  }

  /// The corpus whose texts are the sentences of these.
  ///
  /// All texts are read once to count their sentences; none is kept.
  ///
  /// - Throws: `Fault` as the source.
  public func sentences() throws(Fault) -> Corpus {
    var parts: [SentenceSource.Part] = []
    for place in 0..<count {
      let text = try text(at: place)
      for sentence in 0..<text.sentenceCount where text.hasSentence(sentence) {
        parts.append(SentenceSource.Part(place: place, sentence: sentence))
      }
    }
    return Corpus(SentenceSource(corpus: self, parts: parts))
  }
}

/// The sentences of another corpus.
struct SentenceSource: TextSource {
  /// A sentence by its place.
  struct Part: Sendable {
    let place: Int
    let sentence: Int
  }

  let corpus: Corpus
  let parts: [Part]

  var count: Int { parts.count }
  var title: String { corpus.source.title + ", by sentences" }

  func text(at place: Int) throws(Fault) -> AnnotatedText {
    try corpus.text(at: parts[place].place).sentence(parts[place].sentence)
  }
}

extension SeededGenerator {
  /// So many of the numbers from 0 to `total - 1`, drawn without replacement (selection sampling;
  /// Knuth, volume 2, algorithm S), in ascending order.
  public static func choose(_ count: Int, of total: Int, seed: UInt64) -> [Int] {
    guard count < total else { return Array(0..<total) }
    var generator = SeededGenerator(seed: seed, name: "sample")
    var chosen: [Int] = []
    chosen.reserveCapacity(max(0, count))
    for place in 0..<total where chosen.count < count {
      let left = Double(total - place)
      if generator.uniform() * left < Double(count - chosen.count) { chosen.append(place) }
    }
    return chosen
  }
}
