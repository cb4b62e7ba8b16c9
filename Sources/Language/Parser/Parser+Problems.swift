extension Parser {
  func problem(
    _ code: String, _ headline: String, _ span: Span, label: String = "", help: String? = nil,
    also: [(Span, String)] = []
  ) -> Problem {
    var labels = [Diagnostic.Label(Location(source, span), label)]
    labels += also.map { Diagnostic.Label(Location(source, $0.0), $0.1, isPrimary: false) }
    return Problem(Diagnostic(code, headline, labels: labels, help: help))
  }

  /// How a token is called in messages.
  func describe(_ token: Token) -> String {
    switch token.kind {
    case .end: "the end"
    case .stringOpen, .stringText, .stringClose: "a text"
    case .codeClose, .rightBrace: "`}`"
    case .codeOpen: "`{`"
    default: token.startsLine && text(token).isEmpty ? "the end of the line" : "`\(text(token))`"
    }
  }

  /// Something else than what must come stands next, or nothing does.
  func unexpected(expected: String, help: String? = nil) -> Problem {
    if token.kind == .end {
      let span = Span(previousEnd, previousEnd)
      let diagnostic = Diagnostic(
        "unexpected-end", "the text ends where \(expected) should follow",
        labels: [.init(Location(source, span), "expected \(expected)")], help: help)
      return Problem(diagnostic, isIncomplete: true)
    }
    return problem(
      "unexpected-token", "expected \(expected), found \(describe(token))", token.span,
      help: help ?? commonHelp())
  }

  private func commonHelp() -> String? {
    switch token.kind {
    case .else, .catch:
      "`\(text(token))` stands on the line of the `}` before it: `} \(text(token)) … {`"
    case .fn: "a function without a name is a block: `{ x => … }`"
    case .assign where index > 0 && tokens[index - 1].kind.sum != nil:
      "write `x = x \(text(tokens[index - 1])) …`"
    case .assign: "`==` compares"
    case .bar where ahead(1).kind == .bar || (index > 0 && tokens[index - 1].kind == .bar):
      "`or` joins conditions"
    default: nil
    }
  }

  /// Something stands behind what was finished.
  func leftover(expected: String) -> Problem {
    if token.kind == .end { return unexpected(expected: expected) }
    switch token.kind {
    case .assign:
      return problem(
        "cannot-assign", "only a name can be given a new value", token.span,
        help: "values do not change: `x = …` gives the name `x` another one")
    case .rightParen, .rightBracket, .rightBrace, .codeClose:
      return problem(
        "unmatched-bracket", "nothing is open that \(describe(token)) could close", token.span)
    case .equal, .unequal, .less, .lessEqual, .greater, .greaterEqual, .in:
      return problem(
        "chained-comparison", "comparisons cannot be chained", token.span,
        help: "join them: `a < b and b < c`")
    case .bar:
      return problem(
        "needs-parentheses", "a pipeline wants its own parentheses here", token.span,
        help: "put `( … )` around the pipeline")
    case .colon where index > 0 && tokens[index - 1].kind.isWordlike:
      return problem(
        "unexpected-token", "expected \(expected), found `:`", token.span,
        help: "`name: value` belongs to a call or, in braces, to a record")
    default:
      if beginsOperand(0, needsSpace: false) || token.kind == .not || token.kind == .if {
        return problem(
          "unexpected-token", "expected \(expected), found \(describe(token))", token.span,
          help: expected.hasPrefix("the end")
            ? "operands are set apart by spaces; `( … )` goes round a call or condition"
            : "put a comma between them, or parentheses round a call: `(f x)`")
      }
      return unexpected(expected: expected)
    }
  }

  /// Reads a closing token; where it is missing the message shows what was opened.
  mutating func close(_ kind: Token.Kind, _ sign: String, opened: Token) throws(Problem) {
    if token.kind == kind { return advance() }
    if token.kind == .end {
      let here = Span(previousEnd, previousEnd)
      let labels = [
        Diagnostic.Label(Location(source, opened.span), "opened here"),
        Diagnostic.Label(Location(source, here), "`\(sign)` is missing", isPrimary: false),
      ]
      throw Problem(
        Diagnostic(
          "unclosed-bracket", "`\(text(opened))` is not closed", labels: labels,
          help: "add `\(sign)`"), isIncomplete: true)
    }
    switch token.kind {
    case .rightParen, .rightBracket, .rightBrace, .codeClose:
      throw problem(
        "unmatched-bracket", "`\(text(opened))` is closed by \(describe(token))", token.span,
        label: "expected `\(sign)`", also: [(opened.span, "opened here")])
    default: throw leftover(expected: "`\(sign)`")
    }
  }
}
