/// Reads tokens into a syntax tree.
///
/// It goes on behind a fault, so that one reading finds all faults of a text.
struct Parser {
  let source: Source
  let host: any Host
  /// The commands that take a word as it stands.
  let wordTakers: Set<String>
  let tokens: [Token]
  var index = 0
  var problems: [Problem]
  /// How many brackets, bodies and operands lie around the place being read.
  var depth = 0
  /// Whether a line break is a mere space: inside `( [ {` of operands.
  var ignoresLineBreaks = false
  /// Whether a number is the operand of `+`, `*` and the like, so that `..` behind it is looser.
  var isTight = false

  /// The deepest nesting that is read.
  static let deepest = 400
  private static let mostProblems = 30

  /// The tree of a source and its faults in the order of the text.
  static func read(
    _ source: Source, host: any Host, registry: Registry
  ) -> (body: Body, problems: [Problem]) {
    if source.bytes.count > Source.largestSize {
      let diagnostic = Diagnostic(
        "source-too-large", "a source can have at most 10 MB",
        labels: [.init(Location(source, Span(0, 0)), "this one has more")],
        help: "`read_lines`, `read_json` and `read_csv` read data from files of any size")
      return (Body([], Span(0, 0)), [Problem(diagnostic)])
    }
    let (tokens, problems) = Lexer.read(source)
    var parser = Parser(
      source: source, host: host, wordTakers: registry.wordTakers, tokens: tokens,
      problems: problems)
    let statements = parser.statements(until: .end)
    return (Body(statements, Span(0, source.bytes.count)), parser.orderedProblems)
  }

  private var orderedProblems: [Problem] {
    let placed = problems.enumerated().map { (place, problem) in
      (problem.diagnostic.location?.span.start ?? 0, place, problem)
    }
    return placed.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.2)
  }

  var token: Token { tokens[index] }

  func ahead(_ count: Int) -> Token { tokens[min(index + count, tokens.count - 1)] }

  mutating func advance() {
    guard index < tokens.count - 1 else { return }
    index += 1
    // Whoever reads looks at the flag afterwards.
    if index & 0xFFF == 0, Interruption.isCurrentRequested { index = tokens.count - 1 }
  }

  /// Whether the next token begins a new line that ends what stands before it.
  var isBehindLine: Bool { token.startsLine && !ignoresLineBreaks }

  /// Whether the next token is of a kind and on the same logical line.
  func at(_ kind: Token.Kind) -> Bool { token.kind == kind && !isBehindLine }

  func text(_ token: Token) -> String { source.text(of: token.span) }

  /// The end of what has been read.
  var previousEnd: Int { index > 0 ? tokens[index - 1].end : 0 }

  /// Whether a token follows the one before it without a space.
  func isAdjacent(_ count: Int = 0) -> Bool { !ahead(count).hasSpaceBefore }

  /// Reads with brackets' rules for line breaks and afterwards restores the rules around.
  mutating func inside<T>(
    ignoringLineBreaks: Bool, _ read: (inout Parser) throws(Problem) -> T
  ) throws(Problem) -> T {
    let saved = (ignoresLineBreaks, isTight)
    ignoresLineBreaks = ignoringLineBreaks
    isTight = false
    defer { (ignoresLineBreaks, isTight) = saved }
    return try read(&self)
  }

  mutating func goDeeper(_ span: Span) throws(Problem) {
    depth += 1
    if depth > Self.deepest {
      throw problem(
        "too-deep", "this nests more than \(Self.deepest) levels deep", span,
        help: "give the inner parts names with `let` or `fn`")
    }
  }

  /// Reads statements up to a closing token, which stays.
  mutating func statements(until close: Token.Kind) -> [Statement] {
    var statements: [Statement] = []
    let outerDepth = depth
    while token.kind != close, token.kind != .end {
      if token.kind == .semicolon {
        advance()
        continue
      }
      do throws(Problem) {
        let statement = try statement()
        statements.append(statement)
        try endOfStatement(close)
      } catch {
        note(error)
        depth = outerDepth
        ignoresLineBreaks = false
        isTight = false
        recover(close)
      }
    }
    return statements
  }

  private mutating func note(_ problem: Problem) {
    let start = problem.diagnostic.location?.span.start ?? 0
    let isRepeated = problems.contains {
      ($0.diagnostic.location?.span.start ?? -1) == start
    }
    if !isRepeated { problems.append(problem) }
    if problem.isIncomplete || problems.count > Self.mostProblems { index = tokens.count - 1 }
  }

  /// Skips to where the next statement may begin.
  private mutating func recover(_ close: Token.Kind) {
    var open = 0
    var isFirst = true
    while token.kind != .end {
      if open == 0, !isFirst, token.startsLine || token.kind == .semicolon { return }
      isFirst = false
      switch token.kind {
      case .leftParen, .leftBracket, .leftBrace, .codeOpen: open += 1
      case .rightParen, .rightBracket, .rightBrace, .codeClose:
        if open == 0, token.kind == close { return }
        open = max(0, open - 1)
      default: break
      }
      advance()
    }
  }

  private mutating func endOfStatement(_ close: Token.Kind) throws(Problem) {
    if token.kind == .semicolon || token.kind == close || token.kind == .end || isBehindLine {
      return
    }
    throw leftover(
      expected: close == .rightBrace ? "the end of the line or `}`" : "the end of the line")
  }
}
