import Faults

/// How a file of texts is written.
public enum CorpusFormat: String, Sendable, Hashable, CaseIterable {
  /// A text on each line.
  case text
  /// A treebank in CoNLL-U.
  case conllu
  /// A JSON object on each line.
  case jsonl
  /// Cells between tabs, with the columns' names on the first line.
  case tsv

  /// The format that the ending of a path names; running text for every other.
  public init(path: String) {
    let ending = path.split(separator: "/").last?.split(separator: ".").dropFirst().last ?? ""
    switch ending.lowercased() {
    case "conllu", "conll": self = .conllu
    case "jsonl", "ndjson": self = .jsonl
    case "tsv", "tab": self = .tsv
    default: self = .text
    }
  }
}

/// Which columns of a file hold its texts; nil for the names that are usual.
public struct TextColumns: Sendable, Hashable {
  /// The text.
  public var text: String?
  /// The second text of a pair.
  public var pair: String?
  /// The translation.
  public var target: String?

  /// The usual names.
  public static let usualTexts = [
    "text", "sentence", "sentence1", "premise", "question", "source", "prompt", "input", "content",
  ]
  /// The usual names of a second text.
  public static let usualPairs = ["pair", "sentence2", "hypothesis"]
  /// The usual names of a translation.
  public static let usualTargets = ["target", "translation"]

  /// Columns by their names.
  public init(text: String? = nil, pair: String? = nil, target: String? = nil) {
    self.text = text
    self.pair = pair
    self.target = target
  }

  /// Columns that belong to no text become columns of an annotated text.
  ///
  /// - Throws: `Fault` when there is no column of a name.
  public func annotate(_ columns: [String: String]) throws(Fault) -> AnnotatedText {
    var columns = columns
    let name = try Self.name(text, Self.usualTexts, "text", in: columns)
    guard let name, let text = columns.removeValue(forKey: name) else {
      throw Fault(
        "missing-column", "no column holds the text; there are \(Self.list(columns.keys))",
        help: "name it: text: \"…\"")
    }
    var annotated = AnnotatedText(cutting: text)
    try take(pairAndTargetOf: &columns, into: &annotated)
    return annotated
  }

  /// Moves a second text and a translation out of the columns.
  func take(
    pairAndTargetOf columns: inout [String: String], into text: inout AnnotatedText
  ) throws(Fault) {
    if let name = try Self.name(pair, Self.usualPairs, "pair", in: columns) {
      text.pair = columns.removeValue(forKey: name)
    }
    if let name = try Self.name(target, Self.usualTargets, "target", in: columns) {
      text.target = columns.removeValue(forKey: name)
      text.targetWords = WordCutter.words(of: text.target ?? "")
    }
    text.columns = columns
  }

  private static func name(
    _ given: String?, _ usual: [String], _ role: String, in columns: [String: String]
  ) throws(Fault) -> String? {
    guard let given else { return usual.first { columns[$0] != nil } }
    if columns[given] != nil { return given }
    throw Fault(
      "missing-column", "there is no column \"\(given)\" for the \(role)",
      help: columns.isEmpty ? nil : "columns are \(list(columns.keys))")
  }

  private static func list(_ names: some Sequence<String>) -> String {
    let names = names.sorted()
    return names.isEmpty
      ? "none" : names.prefix(12).joined(separator: ", ") + (names.count > 12 ? ", …" : "")
  }
}

/// The texts of a file, read when they are asked for.
public struct FileTexts: TextSource {
  private let file: RecordFile
  private let reader: any RecordReader
  /// Records before the first text: a line of column names.
  private let skipped: Int

  /// Opens a file: finds where its texts lie, and reads the first.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - name: The file as messages name it.
  ///   - format: How it is written.
  ///   - columns: Which columns hold the texts.
  ///   - byDocument: Whether a text of a treebank is a document (from `# newdoc` to the next) and
  ///     not a sentence.
  /// - Throws: `Fault` when it cannot be read or has no texts.
  public init(
    path: String, name: String, format: CorpusFormat, columns: TextColumns = TextColumns(),
    byDocument: Bool = false
  ) throws(Fault) {
    let division: RecordFile.Division =
      format == .conllu ? (byDocument ? .documents : .blocks) : .lines
    file = try RecordFile(path, name: name, division: division)
    switch format {
    case .text: reader = LineReader()
    case .conllu: reader = ConlluReader(columns: columns)
    case .jsonl: reader = JSONLinesReader(columns: columns)
    case .tsv: reader = CellsReader(header: try file.text(of: file.records[0]), columns: columns)
    }
    skipped = format == .tsv ? 1 : 0
    if count == 0 {
      throw Fault("empty-corpus", "`\(name)` has a line of column names and no texts")
    }
    _ = try text(at: 0)
  }

  /// How many texts there are.
  public var count: Int { file.records.count - skipped }
  /// The file's name.
  public var title: String { file.name }

  /// The text at a place.
  ///
  /// - Throws: `Fault` with the file and the line.
  public func text(at place: Int) throws(Fault) -> AnnotatedText {
    let record = file.records[place + skipped]
    let text = try file.text(of: record)
    do throws(RecordFault) {
      return try reader.text(of: text, line: record.line)
    } catch {
      throw Fault(
        error.code, "`\(file.name)`, line \(error.line): \(error.what)", help: error.help)
    }
  }
}

/// Makes a text of a record of a file.
protocol RecordReader: Sendable {
  /// The text of a record whose first line has a number.
  func text(of record: String, line: Int) throws(RecordFault) -> AnnotatedText
}

/// A line is a text.
struct LineReader: RecordReader {
  func text(of record: String, line: Int) -> AnnotatedText { AnnotatedText(cutting: record) }
}
