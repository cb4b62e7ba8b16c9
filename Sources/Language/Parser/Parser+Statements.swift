extension Parser {
  mutating func statement() throws(Problem) -> Statement {
    ignoresLineBreaks = false
    isTight = false
    switch token.kind {
    case .let: return .binding(try binding())
    case .fn: return .function(try declaration())
    case .for: return .loop(try loop())
    case .while: return .whileLoop(try whileLoop())
    case .break, .continue:
      let span = token.span
      let isBreak = token.kind == .break
      advance()
      return .leave(LeaveNode(isBreak: isBreak, span))
    case .return: return .give(try giving())
    case .assert: return .assertion(try assertion())
    case .import: return .module(try importing())
    case .else:
      throw problem(
        "misplaced-else", "`else` stands on the line of the `}` before it", token.span,
        help: "write `} else {`")
    case .catch: throw misplacedCatch()
    default: return try expressionOrAssignment()
    }
  }

  func misplacedCatch() -> Problem {
    problem(
      "misplaced-catch", "`catch` stands on the line of the `}` before it", token.span,
      help: "write `} catch e {`")
  }

  private mutating func expressionOrAssignment() throws(Problem) -> Statement {
    let expression = try pipeline()
    if at(.assign) {
      guard case .name(let node) = expression, node.name != "_" else {
        throw problem(
          "cannot-assign", "only a name can be given a new value", expression.span,
          help: "values do not change: `x = …` gives the name `x` another one")
      }
      advance()
      let value = try pipeline()
      return .assignment(AssignNode(node, value, node.span.joined(with: value.span)))
    }
    return .expression(ExpressionStatement(expression, isQuiet: at(.semicolon)))
  }

  /// Reads a name that is to be bound.
  mutating func newName(_ what: String) throws(Problem) -> Variable {
    let name = text(token)
    guard token.kind == .word, Lexer.isPlainName(name) else {
      if token.kind == .word || token.kind.isKeyword {
        throw problem(
          "bad-name", "`\(name)` cannot be the name of \(what)", token.span,
          help: token.kind.isKeyword
            ? "it is a word of the language"
            : name == "_" ? "`_` is the last value shown" : "`L` and digits begin an address")
      }
      throw unexpected(expected: "the name of \(what)")
    }
    defer { advance() }
    return Variable(name, token.span)
  }

  private mutating func binding() throws(Problem) -> LetNode {
    let start = token.span
    advance()
    let variable = try newName("a variable")
    if token.kind != .assign { throw unexpected(expected: "`=` and a value") }
    advance()
    let value = try pipeline()
    return LetNode(variable, value, start.joined(with: value.span))
  }

  private mutating func declaration() throws(Problem) -> DeclarationNode {
    let first = token
    advance()
    if token.kind == .leftParen {
      throw problem(
        "bad-name", "`fn` needs a name", token.span,
        help: "a function without a name is a block: `{ x => … }`")
    }
    let variable = try newName("a function")
    guard token.kind == .leftParen else {
      throw unexpected(expected: "`(` and the parameters")
    }
    let parameters = try parameters()
    let body = try body()
    variable.isFunction = true
    let function = FunctionNode(
      variable.name, .named, parameters, body, source, Span(first.start, previousEnd),
      documentation: documentation(before: first.start))
    return DeclarationNode(variable, function)
  }

  private mutating func parameters() throws(Problem) -> [FunctionNode.Parameter] {
    try inside(ignoringLineBreaks: true) { parser throws(Problem) in
      let opened = parser.token
      parser.advance()
      var parameters: [FunctionNode.Parameter] = []
      var spans: [String: Span] = [:]
      while parser.token.kind != .rightParen, parser.token.kind != .end {
        let variable = try parser.newName("a parameter")
        if let twin = spans.updateValue(variable.span, forKey: variable.name) {
          throw parser.problem(
            "duplicate-name", "two parameters are called `\(variable.name)`", variable.span,
            also: [(twin, "the first one")])
        }
        var fallback: Expression?
        if parser.token.kind == .colon {
          parser.advance()
          fallback = try parser.expression()
        }
        parameters.append(.init(variable: variable, fallback: fallback))
        if parser.token.kind != .comma { break }
        parser.advance()
      }
      try parser.close(.rightParen, ")", opened: opened)
      return parameters
    }
  }

  /// The `##` lines directly above a place.
  private func documentation(before offset: Int) -> String {
    var lines: [String] = []
    var line = source.line(at: offset) - 1
    while line >= 1 {
      let text = source.text(of: source.span(ofLine: line)).drop { $0 == " " || $0 == "\t" }
      guard text.hasPrefix("##") else { break }
      lines.append(String(text.dropFirst(2).drop { $0 == " " }))
      line -= 1
    }
    return lines.reversed().joined(separator: "\n")
  }

  private mutating func loop() throws(Problem) -> LoopNode {
    let start = token.start
    advance()
    var variables = [try newName("a loop's variable")]
    if token.kind == .comma {
      advance()
      variables.append(try newName("a loop's variable"))
      if variables[0].name == variables[1].name {
        throw problem(
          "duplicate-name", "two variables are called `\(variables[1].name)`", variables[1].span,
          also: [(variables[0].span, "the first one")])
      }
    }
    if token.kind != .in { throw unexpected(expected: "`in`") }
    advance()
    let values = try expression()
    let body = try body()
    return LoopNode(variables, values, body, Span(start, previousEnd))
  }

  private mutating func whileLoop() throws(Problem) -> WhileNode {
    let start = token.start
    advance()
    let condition = try expression()
    let body = try body()
    return WhileNode(condition, body, Span(start, previousEnd))
  }

  private mutating func giving() throws(Problem) -> ReturnNode {
    let span = token.span
    advance()
    let isBare =
      isBehindLine || [.semicolon, .rightBrace, .end, .codeClose].contains(token.kind)
    if isBare { return ReturnNode(nil, span) }
    let value = try pipeline()
    return ReturnNode(value, span.joined(with: value.span))
  }

  private mutating func assertion() throws(Problem) -> AssertNode {
    let start = token.start
    advance()
    let condition = try expression()
    var message: Expression?
    if at(.stringOpen) { message = try postfix() }
    return AssertNode(condition, message, Span(start, previousEnd))
  }

  private mutating func importing() throws(Problem) -> ImportNode {
    let start = token.start
    advance()
    guard token.kind == .stringOpen else {
      throw unexpected(expected: "a file's name", help: "import \"heads.probe\"")
    }
    let path = try textLiteral()
    guard let name = path.constant else {
      throw problem(
        "bad-import", "the file's name cannot hold code", path.span,
        help: "import \"heads.probe\"")
    }
    let base = name.split(separator: "/").last.map(String.init) ?? ""
    let stem = base.hasSuffix(".probe") ? String(base.dropLast(6)) : base
    guard Lexer.isPlainName(stem) else {
      throw problem(
        "bad-import", "`\(stem)` cannot be the name of a module", path.span,
        help: "the file's name without `.probe` must be letters, digits and `_`")
    }
    return ImportNode(name, Variable(stem, path.span), Span(start, previousEnd))
  }

  /// Reads the statements between braces.
  mutating func body() throws(Problem) -> Body {
    guard token.kind == .leftBrace else { throw leftover(expected: "`{`") }
    let opened = token
    try goDeeper(opened.span)
    defer { depth -= 1 }
    return try inside(ignoringLineBreaks: false) { parser throws(Problem) in
      parser.advance()
      let statements = parser.statements(until: .rightBrace)
      try parser.close(.rightBrace, "}", opened: opened)
      return Body(statements, Span(opened.start, parser.previousEnd))
    }
  }
}
