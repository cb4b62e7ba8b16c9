extension Parser {
  /// Reads a text from its opening quotes to its closing ones.
  mutating func textLiteral() throws(Problem) -> TextNode {
    let opened = token
    let isRaw = source.bytes[opened.start] == UInt8(ascii: "'")
    advance()
    var pieces: [TextPiece] = []
    while token.kind != .stringClose {
      switch token.kind {
      case .stringText:
        pieces.append(.raw(token.span))
        advance()
      case .codeOpen: pieces.append(.code(try code()))
      default:
        throw Problem(
          Diagnostic(
            "unclosed-string", "this text is not closed",
            labels: [.init(Location(source, opened.span), "")]), isIncomplete: true)
      }
    }
    let span = Span(opened.start, token.end)
    advance()
    let lines =
      opened.span.length == 3
      ? try dedented(pieces)
      : pieces.map { piece in
        switch piece {
        case .raw(let span): [(source.text(of: span), span.start)]
        case .code: []
        }
      }
    var parts: [TextNode.Part] = []
    for (piece, runs) in zip(pieces, lines) {
      if case .code(let expression) = piece {
        parts.append(.code(expression))
      } else {
        var text = ""
        for (run, start) in runs { text += isRaw ? run : try unescaped(run, at: start) }
        parts.append(.text(text))
      }
    }
    return TextNode(parts, span)
  }

  enum TextPiece {
    case raw(Span)
    case code(Expression)
  }

  private mutating func code() throws(Problem) -> Expression {
    let opened = token
    return try inside(ignoringLineBreaks: true) { parser throws(Problem) in
      parser.advance()
      if parser.token.kind == .codeClose {
        throw parser.problem(
          "empty-code", "`{ }` in a text must hold code",
          opened.span.joined(with: parser.token.span), help: "write `\\{` for the brace itself")
      }
      let code = try parser.pipeline()
      try parser.close(.codeClose, "}", opened: opened)
      return code
    }
  }

  /// Takes the indentation of the closing quotes from every line of a text of several lines: for
  /// each piece the runs of text that stay, with where they start.
  private func dedented(_ pieces: [TextPiece]) throws(Problem) -> [[(String, Int)]] {
    var result: [[(String, Int)]] = []
    let indent = closingIndent(pieces)
    for (index, piece) in pieces.enumerated() {
      guard case .raw(let span) = piece else {
        result.append([])
        continue
      }
      var lines = lines(of: span)
      var startsOnLine = false
      if index == 0, lines.count > 1, isBlank(lines[0].0) {
        lines.removeFirst()
        startsOnLine = true
      }
      if index == pieces.count - 1, indent != nil, !lines.isEmpty {
        lines.removeLast()
        if let last = lines.last { lines[lines.count - 1] = (trimmingBreak(last.0), last.1) }
      }
      for place in lines.indices where place > 0 || startsOnLine {
        let isWhole = place < lines.count - 1 || index == pieces.count - 1
        lines[place] = try dedent(lines[place], by: indent ?? "", isWhole: isWhole)
      }
      result.append(lines)
    }
    return result
  }

  /// The white space before closing quotes that stand on a line of their own.
  private func closingIndent(_ pieces: [TextPiece]) -> String? {
    guard case .raw(let span)? = pieces.last, let last = lines(of: span).last, last.1 > span.start,
      isBlank(last.0)
    else { return nil }
    return last.0
  }

  /// The lines of a span with their breaks and their starts.
  private func lines(of span: Span) -> [(String, Int)] {
    var lines: [(String, Int)] = []
    var start = span.start
    for offset in span.start..<span.end where source.bytes[offset] == UInt8(ascii: "\n") {
      lines.append((source.text(of: Span(start, offset + 1)), start))
      start = offset + 1
    }
    lines.append((source.text(of: Span(start, span.end)), start))
    return lines
  }

  private func isBlank(_ text: String) -> Bool { text.allSatisfy(\.isWhitespace) }

  private func trimmingBreak(_ text: String) -> String {
    text.last?.isNewline == true ? String(text.dropLast()) : text
  }

  private func dedent(
    _ line: (String, Int), by indent: String, isWhole: Bool
  ) throws(Problem) -> (String, Int) {
    if line.0.hasPrefix(indent) {
      return (String(line.0.dropFirst(indent.count)), line.1 + indent.utf8.count)
    }
    if isWhole, isBlank(line.0) { return (line.0.last?.isNewline == true ? "\n" : "", line.1) }
    let width = line.0.prefix { $0 == " " || $0 == "\t" }.utf8.count
    throw problem(
      "bad-indentation", "the line is indented less than the closing quotes",
      Span(line.1, line.1 + max(1, width)),
      help: "indent it as the closing quotes are, with the same spaces or tabs")
  }

  private func unescaped(_ raw: String, at start: Int) throws(Problem) -> String {
    if !raw.utf8.contains(UInt8(ascii: "\\")), !raw.utf8.contains(UInt8(ascii: "\r")) {
      return raw
    }
    var text = ""
    var offset = start
    var scalars = Array(raw.unicodeScalars)[...]
    while let scalar = scalars.popFirst() {
      let here = offset
      offset += UTF8.width(scalar)
      if scalar == "\r", scalars.first == "\n" { continue }
      guard scalar == "\\" else {
        text.unicodeScalars.append(scalar)
        continue
      }
      guard let next = scalars.popFirst() else { break }
      offset += UTF8.width(next)
      switch next {
      case "n": text += "\n"
      case "t": text += "\t"
      case "\\", "\"", "{": text.unicodeScalars.append(next)
      case "u":
        let digits = scalars.dropFirst().prefix { $0.properties.isASCIIHexDigit }
        guard scalars.first == "{", scalars.dropFirst(digits.count + 1).first == "}",
          let code = UInt32(String(String.UnicodeScalarView(digits)), radix: 16),
          let named = Unicode.Scalar(code)
        else {
          throw badEscape(Span(here, offset), "a character is written like \\u{1F600}")
        }
        text.unicodeScalars.append(named)
        scalars = scalars.dropFirst(digits.count + 2)
        offset += digits.count + 2
      default:
        throw badEscape(
          Span(here, offset),
          "there are \\n \\t \\\" \\\\ \\{ and \\u{1F600}; '…' takes all as it is")
      }
    }
    return text
  }

  private func badEscape(_ span: Span, _ help: String) -> Problem {
    problem("bad-escape", "`\(source.text(of: span))` stands for nothing", span, help: help)
  }
}
