import Analysis
import Corpora
import Faults
import Language

/// A text of a corpus as a value of the language: read when it is looked at.
struct TextValue: HostValue {
  let corpus: Corpus
  let place: Int

  init(_ corpus: Corpus, at place: Int) {
    self.corpus = corpus
    self.place = place
  }

  init(_ text: AnnotatedText) { self.init(Corpus([text]), at: 0) }

  /// The text with its annotation.
  func read() throws(Failure) -> AnnotatedText {
    try faultsAsFailures { () throws(Fault) in try corpus.text(at: place) }
  }

  private var known: AnnotatedText? { try? corpus.text(at: place) }

  var kind: String { "text" }
  var description: String { known.map { Value.quoted($0.text) } ?? "an unreadable text" }
  var fieldNames: [String] {
    ["text", "words", "sentences", "pair", "target", "target_words", "columns"]
      + (known?.columns.keys.sorted() ?? [])
  }
  var presentation: Presentation {
    do throws(Failure) {
      return .text(TextLines(try read()).text)
    } catch {
      return .text("a text that cannot be read: \(error.message)")
    }
  }
  var json: JSON {
    guard let text = known else { return .null }
    var fields: [(String, JSON)] = [("text", .string(text.text))]
    if let pair = text.pair { fields.append(("pair", .string(pair))) }
    if let target = text.target { fields.append(("target", .string(target))) }
    for (name, value) in text.columns.sorted(by: { $0.key < $1.key }) {
      fields.append((name, .string(value)))
    }
    return .object(fields)
  }

  func isEqual(to other: any HostValue) -> Bool {
    guard let other = other as? TextValue, let known else { return false }
    return known == other.known
  }

  func hash(into hasher: inout Hasher) { hasher.combine(known?.text) }

  func field(_ name: String) throws(Failure) -> Value? {
    let text = try read()
    switch name {
    case "text": return .string(text.text)
    case "words": return .table(Self.table(text.words))
    case "sentences": return .int(text.words.isEmpty ? 1 : Set(text.words.map(\.sentence)).count)
    case "pair": return text.pair.map { .string($0) } ?? .null
    case "target": return text.target.map { .string($0) } ?? .null
    case "target_words": return .table(Self.table(text.targetWords))
    case "columns": return .record(Self.columns(text))
    default: return text.columns[name].map { .string($0) }
    }
  }

  private static func columns(_ text: AnnotatedText) -> Record {
    Record(
      text.columns.sorted { $0.key < $1.key }.map { name, value -> (String, Value) in
        (name, .string(value))
      })
  }

  /// Words as a table with a column for everything that can be known of one: a program meets the same
  /// columns in every text.
  private static func table(_ words: [AnnotatedWord]) -> Table {
    var columns = [Table.Column("word", words.map { .string($0.text) })]
    func add(_ name: String, _ value: (AnnotatedWord) -> Value?) {
      columns.append(Table.Column(name, words.map { value($0) ?? .null }))
    }
    add("lemma") { $0.lemma.map { .string($0) } }
    add("upos") { $0.partOfSpeech.map { .string($0) } }
    add("head") { $0.head.map { .int($0) } }
    add("relation") { $0.relation.map { .string($0) } }
    add("entity") { $0.entity.map { .int($0) } }
    add("sense") { $0.sense.map { .string($0) } }
    add("sources") { $0.sources.isEmpty ? nil : .list(List($0.sources.map { .int($0) })) }
    add("features") { word in
      word.features.isEmpty
        ? nil
        : .string(
          word.features.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(
            separator: "|"))
    }
    add("sentence") { .int($0.sentence) }
    add("start") { .int($0.range.lowerBound) }
    add("end") { .int($0.range.upperBound) }
    return Table(columns)
  }
}

/// How a text is displayed: itself, what belongs to it, and what is known of it.
private struct TextLines {
  let text: String

  init(_ annotated: AnnotatedText) {
    var lines = [annotated.text]
    if let pair = annotated.pair { lines.append("pair: \(pair)") }
    if let target = annotated.target { lines.append("target: \(target)") }
    var facts = [Value.count(annotated.words.count, "word")]
    if annotated.sentenceCount > 1 { facts.append("\(annotated.sentenceCount) sentences") }
    facts += annotated.columns.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
    lines.append("(" + facts.joined(separator: ", ") + ")")
    text = lines.joined(separator: "\n")
  }
}
