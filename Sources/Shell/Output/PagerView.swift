import Foundation
import Language

/// A long text seen through a window as large as the terminal.
struct PagerView {
  /// A row of the screen: a line of the text, or a part of one that is wider than the screen.
  private struct Row {
    let line: Int
    let text: String
  }

  private let lines: [String]
  private var rows: [Row] = []
  private var top = 0
  private var columns = 80
  /// The rows that show text.
  private(set) var height = 23
  private var query = ""
  /// What the last line says until the next key; empty for where the window stands.
  var message = ""

  init(_ text: String) {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last?.isEmpty == true { lines.removeLast() }
    self.lines = lines
  }

  /// Fits the window to a terminal; the line at its top stays there.
  mutating func resize(columns: Int, rows count: Int) {
    let line = rows.indices.contains(top) ? rows[top].line : 0
    self.columns = max(1, columns)
    height = max(1, count - 1)
    rows = lines.enumerated().flatMap { index, line in
      Self.wrapped(line, to: self.columns).map { Row(line: index, text: $0) }
    }
    top = rows.firstIndex { $0.line == line } ?? 0
    move(by: 0)
  }

  /// Moves the window down, or up where `count` is negative.
  mutating func move(by count: Int) { top = min(max(0, top + count), lastTop) }

  mutating func moveToStart() { top = 0 }

  mutating func moveToEnd() { top = lastTop }

  /// Whether the last line of the text is in sight.
  var isAtEnd: Bool { top >= lastTop }

  private var lastTop: Int { max(0, rows.count - height) }

  /// Looks for a text from the window on, or for the last one again where `text` is empty.
  mutating func search(_ text: String, isForward: Bool = true) {
    if !text.isEmpty { query = text }
    if query.isEmpty {
      message = "nothing to search for: `/` takes a text"
      return
    }
    let places =
      isForward
      ? Array(rows.indices.dropFirst(top + (text.isEmpty ? 1 : 0)))
      : rows.indices.prefix(top).reversed()
    if let place = places.first(where: { finds(rows[$0].line) }) {
      if isForward, place > lastTop, top == lastTop { message = "further down on this page" }
      top = min(place, lastTop)
    } else {
      message = "`\(query)` is not found \(isForward ? "further down" : "further up")"
    }
  }

  private func finds(_ line: Int) -> Bool {
    !ranges(in: Pager.withoutEscapes(lines[line][...])).isEmpty
  }

  /// Where the query stands; capitals count where it has some.
  private func ranges(in text: String) -> [Range<String.Index>] {
    guard !query.isEmpty else { return [] }
    let folds = query == query.lowercased()
    var found: [Range<String.Index>] = []
    var rest = text[...]
    while let range = rest.range(of: query, options: folds ? .caseInsensitive : []) {
      found.append(range)
      rest = text[range.upperBound...]
    }
    return found
  }

  /// The whole screen: the rows in sight and the line under them.
  var screen: String {
    var text = "\u{1B}[H"
    for index in top..<(top + height) {
      text += (rows.indices.contains(index) ? marked(rows[index].text) : "") + "\u{1B}[K\r\n"
    }
    let words = message.isEmpty ? status : message
    return text + "\u{1B}[7m" + DisplayWidth.truncate(words, columns - 1) + "\u{1B}[0m\u{1B}[K"
  }

  /// The rows in sight as lines of text.
  var visible: String {
    rows.dropFirst(top).prefix(height).map { $0.text + "\n" }.joined()
  }

  private func marked(_ row: String) -> String {
    let plain = Pager.withoutEscapes(row[...])
    let found = ranges(in: plain)
    if found.isEmpty { return row }
    var text = ""
    var place = plain.startIndex
    for range in found {
      text += plain[place..<range.lowerBound] + "\u{1B}[7m" + plain[range] + "\u{1B}[0m"
      place = range.upperBound
    }
    return text + plain[place...]
  }

  private var status: String {
    let first = rows.indices.contains(top) ? rows[top].line + 1 : 0
    let last = rows.isEmpty ? 0 : rows[min(rows.count, top + height) - 1].line + 1
    let place = isAtEnd ? "end" : "\(100 * min(rows.count, top + height) / max(1, rows.count)) %"
    return "lines \(first)-\(last) of \(lines.count) (\(place))  space b / n q, h for all keys"
  }

  /// A line cut into pieces of a width; colours go on in the next piece.
  static func wrapped(_ line: String, to columns: Int) -> [String] {
    var pieces: [String] = []
    var piece = ""
    var used = 0
    var colour = ""
    var rest = line[...]
    while let character = rest.first {
      if character == "\u{1B}", let end = rest.firstIndex(of: "m") {
        let sequence = rest[...end]
        colour = sequence == "\u{1B}[0m" || sequence == "\u{1B}[m" ? "" : colour + sequence
        piece += sequence
        rest = rest[rest.index(after: end)...]
        continue
      }
      let width = DisplayWidth.of(character)
      if used + width > columns, used > 0 {
        pieces.append(piece + (colour.isEmpty ? "" : "\u{1B}[0m"))
        (piece, used) = (colour, 0)
      }
      piece.append(character)
      used += width
      rest = rest.dropFirst()
    }
    return pieces + [piece]
  }
}
