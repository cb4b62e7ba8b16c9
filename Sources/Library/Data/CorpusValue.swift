import Corpora
import Faults
import Language

/// A corpus as a value of the language.
struct CorpusValue: Items {
  let corpus: Corpus

  init(_ corpus: Corpus) { self.corpus = corpus }

  /// The corpus of values that are all readable texts of corpora; nil for any others, and for none.
  init?(texts values: [Value]) {
    var texts: [AnnotatedText] = []
    for value in values {
      guard case .host(let host as TextValue) = value, let text = try? host.read() else {
        return nil
      }
      texts.append(text)
    }
    if texts.isEmpty { return nil }
    self.init(Corpus(texts))
  }

  var kind: String { "corpus" }
  var description: String { "corpus of \(size) (\(corpus.source.title))" }
  var fieldNames: [String] { ["count", "title", "elements", "texts"] }
  var count: Int { corpus.count }
  var presentation: Presentation { .text(lines.joined(separator: "\n")) }
  var json: JSON { .array((0..<count).map { TextValue(corpus, at: $0).json }) }

  func isEqual(to other: any HostValue) -> Bool {
    guard let other = (other as? CorpusValue)?.corpus, corpus.count == other.count else {
      return false
    }
    return (0..<corpus.count).allSatisfy { place in
      guard let text = try? corpus.text(at: place) else { return false }
      return text == (try? other.text(at: place))
    }
  }

  func hash(into hasher: inout Hasher) { hasher.combine(corpus.count) }

  func item(at place: Int) -> Value { .host(TextValue(corpus, at: place)) }

  func picking(_ places: [Int]) -> Value { .host(CorpusValue(corpus.picking(places))) }

  func field(_ name: String) throws(Failure) -> Value? {
    switch name {
    case "count": return .int(count)
    case "title": return .string(corpus.source.title)
    case "elements": return .list(of: (0..<count).map(item))
    case "texts":
      let texts = try faultsAsFailures { () throws(Fault) in try corpus.texts() }
      return .list(of: texts.map { .string($0.text) })
    default: return nil
    }
  }

  private var size: String { Value.count(count, "text") }

  /// The corpus in a few lines: what it is, its first texts, and what is known of them.
  private var lines: [String] {
    var lines = ["\(size): \(corpus.source.title)"]
    var marks: [String] = []
    var columns: Set<String> = []
    for place in 0..<min(3, count) {
      do throws(Fault) {
        let text = try corpus.text(at: place)
        lines.append("\(place)  \(Self.short(text.text))")
        if text.words.contains(where: { $0.partOfSpeech != nil }) { marks.append("upos") }
        if text.words.contains(where: { $0.relation != nil }) { marks.append("heads") }
        if text.words.contains(where: { $0.entity != nil }) { marks.append("entities") }
        if text.pair != nil { marks.append("pairs") }
        if text.target != nil { marks.append("translations") }
        columns.formUnion(text.columns.keys)
      } catch {
        lines.append("\(place)  cannot be read: \(error.message)")
      }
    }
    if count > 3 { lines.append("…") }
    var known: [String] = []
    if !marks.isEmpty { known.append("with " + marks.distinct.joined(separator: ", ")) }
    if !columns.isEmpty {
      let names = columns.sorted()
      known.append(
        "columns " + names.prefix(8).joined(separator: ", ") + (names.count > 8 ? ", …" : ""))
    }
    if !known.isEmpty { lines.append("(" + known.joined(separator: "; ") + ")") }
    return lines
  }

  private static func short(_ text: String) -> String {
    let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
    return line.count > 88 ? line.prefix(87) + "…" : line
  }
}
