/// Cuts a source into tokens.
///
/// Every byte of any text is dealt with: what fits nowhere becomes an invalid token and a
/// problem.
struct Lexer {
  let source: Source
  var offset = 0
  var tokens: [Token] = []
  var problems: [Problem] = []
  private var hasSpace = false
  private var startsLine = true
  /// The strings whose `{…}` the lexer is in, outermost first.
  private var openStrings: [OpenString] = []

  private static let mostProblems = 20

  private struct OpenString {
    var quote: Quote
    var start: Int
    var braces = 0
  }

  enum Quote {
    case single
    case double
    case triple
  }

  init(_ source: Source) {
    self.source = source
    tokens.reserveCapacity(source.bytes.count / 4 + 2)
  }

  /// All tokens, the last of them `end`, and what is wrong with the text.
  static func read(_ source: Source) -> (tokens: [Token], problems: [Problem]) {
    var lexer = Lexer(source)
    lexer.run()
    return (lexer.tokens, lexer.problems)
  }

  func byte(_ ahead: Int = 0) -> UInt8 {
    let place = offset + ahead
    return place < source.bytes.count ? source.bytes[place] : 0
  }

  var isAtEnd: Bool { offset >= source.bytes.count }

  private mutating func run() {
    if source.bytes.starts(with: [0xEF, 0xBB, 0xBF]) { offset = 3 }
    while !isAtEnd {
      next()
      // Whoever reads looks at the flag afterwards.
      if tokens.count & 0xFFF == 0, Interruption.isCurrentRequested { offset = source.bytes.count }
    }
    if let open = openStrings.last {
      complain(
        "unclosed-string", "this text is not closed", open.start, open.start + 1,
        help: "close the `{` with `}` and the text with its quotes", isIncomplete: true)
    }
    emit(.end, from: offset)
  }

  private mutating func next() {
    let start = offset
    let first = byte()
    switch first {
    case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"):
      offset += 1
      hasSpace = true
    case UInt8(ascii: "\n"):
      offset += 1
      hasSpace = true
      startsLine = true
    case UInt8(ascii: "#"):
      while !isAtEnd, byte() != UInt8(ascii: "\n") { offset += 1 }
      checkText(Span(start, offset))
      hasSpace = true
    case UInt8(ascii: "0")...UInt8(ascii: "9"): number()
    case UInt8(ascii: "\""): openString()
    case UInt8(ascii: "'"): rawString()
    case UInt8(ascii: "{"):
      if !openStrings.isEmpty { openStrings[openStrings.count - 1].braces += 1 }
      offset += 1
      emit(.leftBrace, from: start)
    case UInt8(ascii: "}"): closeBrace()
    default:
      if Self.isNameByte(first) { word() } else { symbol() }
    }
  }

  mutating func emit(_ kind: Token.Kind, from start: Int) {
    tokens.append(
      Token(kind, start, offset, hasSpaceBefore: hasSpace, startsLine: startsLine))
    hasSpace = false
    startsLine = false
  }

  mutating func skipAsSpace(_ count: Int) {
    offset += count
    hasSpace = true
  }

  mutating func complain(
    _ code: String, _ headline: String, _ start: Int, _ end: Int, label: String = "",
    help: String? = nil, isIncomplete: Bool = false
  ) {
    if problems.count >= Self.mostProblems { return }
    let location = Location(source, Span(start, end))
    problems.append(
      Problem(
        Diagnostic(code, headline, labels: [.init(location, label)], help: help),
        isIncomplete: isIncomplete))
  }

  private mutating func closeBrace() {
    let start = offset
    offset += 1
    guard let open = openStrings.last else { return emit(.rightBrace, from: start) }
    if open.braces > 0 {
      openStrings[openStrings.count - 1].braces -= 1
      emit(.rightBrace, from: start)
    } else {
      openStrings.removeLast()
      emit(.codeClose, from: start)
      stringBody(open.quote, openedAt: open.start)
    }
  }

  private mutating func openString() {
    let start = offset
    let isTriple = byte(1) == UInt8(ascii: "\"") && byte(2) == UInt8(ascii: "\"")
    offset += isTriple ? 3 : 1
    emit(.stringOpen, from: start)
    stringBody(isTriple ? .triple : .double, openedAt: start)
  }

  private mutating func rawString() {
    let start = offset
    offset += 1
    emit(.stringOpen, from: start)
    stringBody(.single, openedAt: start)
  }

  /// Reads text up to the closing quotes or to the next `{`.
  private mutating func stringBody(_ quote: Quote, openedAt open: Int) {
    let start = offset
    while !isAtEnd {
      let character = byte()
      if isClosing(quote) || (character == UInt8(ascii: "{") && quote != .single) { break }
      if character == UInt8(ascii: "\n"), quote != .triple { break }
      offset += 1
      if character == UInt8(ascii: "\\"), quote != .single, !isAtEnd,
        byte() != UInt8(ascii: "\n") || quote == .triple
      {
        offset += byte() == UInt8(ascii: "u") && byte(1) == UInt8(ascii: "{") ? 2 : 1
      }
    }
    offset = min(offset, source.bytes.count)
    checkText(Span(start, offset))
    if offset > start { emit(.stringText, from: start) }
    let end = offset
    if !isAtEnd, byte() == UInt8(ascii: "{"), quote != .single {
      offset += 1
      openStrings.append(OpenString(quote: quote, start: open))
      emit(.codeOpen, from: end)
    } else if !isAtEnd, isClosing(quote) {
      offset += quote == .triple ? 3 : 1
      emit(.stringClose, from: end)
    } else {
      let quotes = String(decoding: source.bytes[open..<min(open + 1, end)], as: UTF8.self)
      complain(
        "unclosed-string", "this text is not closed", open, max(end, open + 1),
        help: quote == .triple
          ? "close it with `\"\"\"`"
          : "close it with \(quotes) on the same line; `\"\"\"` begins a text of several lines",
        isIncomplete: quote == .triple)
      emit(.stringClose, from: end)
    }
  }

  private func isClosing(_ quote: Quote) -> Bool {
    switch quote {
    case .single: byte() == UInt8(ascii: "'")
    case .double: byte() == UInt8(ascii: "\"")
    case .triple:
      byte() == UInt8(ascii: "\"") && byte(1) == UInt8(ascii: "\"")
        && byte(2) == UInt8(ascii: "\"")
    }
  }
}
