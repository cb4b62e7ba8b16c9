extension DiagnosticText {
  /// The labels that lie in one source, by line.
  struct Excerpt {
    var source: Source
    var lines: [(number: Int, labels: [Diagnostic.Label])]
  }

  /// Groups labels by source, the primary label's source first, and by line in each.
  func excerpts(of labels: [Diagnostic.Label]) -> [Excerpt] {
    var excerpts: [Excerpt] = []
    for label in labels.filter(\.isPrimary) + labels.filter({ !$0.isPrimary }) {
      let source = label.location.source
      let line = label.location.line
      let index = excerpts.firstIndex { $0.source == source } ?? excerpts.count
      if index == excerpts.count { excerpts.append(Excerpt(source: source, lines: [])) }
      if let row = excerpts[index].lines.firstIndex(where: { $0.number == line }) {
        excerpts[index].lines[row].labels.append(label)
      } else {
        excerpts[index].lines.append((line, [label]))
      }
    }
    for index in excerpts.indices { excerpts[index].lines.sort { $0.number < $1.number } }
    return excerpts
  }

  /// One source's lines with their markers.
  func text(_ excerpt: Excerpt, margin: Int, tone: Tone) -> [String] {
    let blank = String(repeating: " ", count: margin)
    let shown = excerpt.lines.first { $0.labels.contains(where: \.isPrimary) } ?? excerpt.lines[0]
    var lines = [blank + paint(" ┌ ", .quiet) + "\(excerpt.source.name), line \(shown.number)"]
    var previous: Int?
    for line in excerpt.lines {
      if let previous, line.number > previous + 1 { lines.append(blank + paint(" …", .quiet)) }
      previous = line.number
      let window = LineWindow(excerpt.source, line: line.number, labels: line.labels)
      let number = String(repeating: " ", count: margin - String(line.number).count)
      lines.append(paint("\(number)\(line.number) │ ", .quiet) + window.text)
      for marker in window.markers {
        let painted = paint(marker.text, marker.isPrimary ? tone : .quiet)
        lines.append(
          blank + paint(" │ ", .quiet) + String(repeating: " ", count: marker.column) + painted)
      }
    }
    return lines
  }
}

/// What is shown of one line: a part of it where it is long, and the markers under it.
struct LineWindow {
  struct Marker {
    var column: Int
    var text: String
    var isPrimary: Bool
  }

  private(set) var text = ""
  private(set) var markers: [Marker] = []

  private static let widest = 160
  private static let context = 60

  init(_ source: Source, line: Int, labels: [Diagnostic.Label]) {
    let span = source.span(ofLine: line)
    let first = labels.map { max(span.start, min($0.location.span.start, span.end)) }.min()
    let start = Self.windowStart(in: span, around: first ?? span.start, of: source)
    let whole = Self.visible(source.text(of: Span(start, min(span.end, start + 4 * Self.widest))))
    let lead = start > span.start ? "…" : ""
    text = lead + DisplayWidth.truncate(whole, Self.widest)
    for label in labels.sorted(by: { $0.location.span.start < $1.location.span.start }) {
      let from = min(max(label.location.span.start, start), span.end)
      let to = min(max(label.location.span.end, from), span.end)
      let column = Self.width(source, start, from) + lead.count
      let width = min(max(1, Self.width(source, from, to)), max(1, Self.widest - column))
      let mark = String(repeating: label.isPrimary ? "^" : "─", count: width)
      let words = label.text.isEmpty ? "" : " " + label.text
      markers.append(Marker(column: column, text: mark + words, isPrimary: label.isPrimary))
    }
  }

  /// Where to start so that a mark far to the right is still seen.
  private static func windowStart(in span: Span, around offset: Int, of source: Source) -> Int {
    if offset - span.start <= widest - context { return span.start }
    var start = offset - context
    while start < offset, source.bytes[start] & 0xC0 == 0x80 { start += 1 }
    return start
  }

  private static func width(_ source: Source, _ start: Int, _ end: Int) -> Int {
    DisplayWidth.of(visible(source.text(of: Span(start, min(end, start + 4 * widest)))))
  }

  /// Tabs as two spaces and other control characters as `·`, each with a width.
  static func visible(_ text: String) -> String {
    var shown = ""
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x09: shown += "  "
      case 0..<0x20, 0x7F..<0xA0: shown += "·"
      case 0x202A...0x202E, 0x2066...0x2069: shown += "·"
      default: shown.unicodeScalars.append(scalar)
      }
    }
    return shown
  }
}
