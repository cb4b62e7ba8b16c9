extension Parser {
  /// Reads a pipeline.
  ///
  /// This is where calls without parentheses may stand.
  mutating func pipeline() throws(Problem) -> Expression {
    let first: Expression
    if token.kind == .bar, index == 0 {
      first = .name(NameNode("_", Span(token.start, token.start)))
    } else {
      first = try stage()
    }
    guard token.kind == .bar else { return first }
    var stages: [Expression] = []
    while token.kind == .bar {
      advance()
      stages.append(try pipeStage())
    }
    return .pipeline(PipelineNode(first, stages, Span(first.span.start, previousEnd)))
  }

  private mutating func stage() throws(Problem) -> Expression {
    if let command = try command() { return command }
    return try expression()
  }

  /// Reads a stage behind `|`: something that can be called.
  private mutating func pipeStage() throws(Problem) -> Expression {
    let stage = try stage()
    switch stage {
    case .call, .name, .field, .function, .group, .index: return stage
    default:
      throw problem(
        "not-a-stage", "what stands behind `|` must be something that can be called", stage.span,
        help: "write a command, or a block that uses `it`: `… | { it + 1 }`")
    }
  }

  /// Reads a call without parentheses; nil when none stands here.
  private mutating func command() throws(Problem) -> Expression? {
    guard token.kind == .word, !beginsAddress else { return nil }
    let first = index
    var length = 1
    while ahead(length).kind == .dot, isAdjacent(length), ahead(length + 1).kind.isWordlike,
      isAdjacent(length + 1)
    { length += 2 }
    if length > 2 * Self.deepest { return nil }
    let takesWord = length == 1 && wordTakers.contains(text(token)) && isLoneWord(1)
    guard takesWord || beginsOperand(length, needsSpace: true) else {
      try refuseKeyword(behind: length)
      return nil
    }
    let callee = callee(length)
    let outerDepth = depth
    defer { depth = outerDepth }
    try goDeeper(callee.span)
    var arguments: [ArgumentSyntax] = []
    if takesWord {
      let word = Expression.name(NameNode(text(token), token.span))
      arguments.append(ArgumentSyntax(name: nil, nameSpan: nil, value: word))
      advance()
    }
    while beginsOperand(0, needsSpace: true) {
      arguments.append(try commandArgument(commandStart: tokens[first].start))
    }
    let span = Span(tokens[first].start, previousEnd)
    return .call(CallNode(callee, arguments, isCommand: true, span))
  }

  private mutating func callee(_ length: Int) -> Expression {
    var callee = Expression.name(NameNode(text(token), token.span))
    advance()
    for _ in 0..<(length / 2) {
      advance()
      callee = .field(FieldNode(callee, text(token), nameSpan: token.span))
      advance()
    }
    return callee
  }

  /// Whether the token `count` ahead can begin an operand of a call without parentheses.
  func beginsOperand(_ count: Int, needsSpace: Bool) -> Bool {
    let token = ahead(count)
    if token.startsLine && !ignoresLineBreaks { return false }
    if needsSpace && !token.hasSpaceBefore { return false }
    switch token.kind {
    case .number, .stringOpen, .word, .true, .false, .null, .leftBracket, .leftBrace, .leftParen,
      .at:
      return true
    case .minus: return ahead(count + 1).kind == .number && isAdjacent(count + 1)
    default: return token.kind.isKeyword && ahead(count + 1).kind == .colon
    }
  }

  private mutating func commandArgument(commandStart: Int) throws(Problem) -> ArgumentSyntax {
    var name: String?
    var nameSpan: Span?
    if token.kind.isWordlike, ahead(1).kind == .colon {
      name = text(token)
      nameSpan = token.span
      advance()
      advance()
    }
    let start = token.start
    let value = try operand()
    if !isBehindLine, isOperator(token.kind) {
      throw operatorInCommand(commandStart: commandStart, operandStart: start)
    }
    return ArgumentSyntax(name: name, nameSpan: nameSpan, value: value)
  }

  private mutating func operand() throws(Problem) -> Expression {
    let saved = isTight
    isTight = false
    defer { isTight = saved }
    if token.kind == .minus, signedNumberLength(0) == 2 {
      if let range = try rangeLiteral() { return range }
      let start = token.start
      advance()
      if case .literal(let node) = try numberLiteral(), case .number(let value) = node.value {
        return .literal(LiteralNode(.number(-value), Span(start, previousEnd)))
      }
    }
    switch token.kind {
    case .if, .with, .try: throw leftover(expected: "an operand")
    default: return try postfix()
    }
  }

  private func isOperator(_ kind: Token.Kind) -> Bool {
    if kind == .minus { return !beginsOperand(0, needsSpace: true) }
    return kind.isSignOperator || kind == .dots || kind == .and || kind == .or || kind == .in
  }

  /// An operator behind an operand of a call without parentheses; the help shows where they go.
  private mutating func operatorInCommand(commandStart: Int, operandStart: Int) -> Problem {
    let sign = token
    let before = source.text(of: Span(commandStart, operandStart))
    let here = index
    index = max(0, (0..<here).last { tokens[$0].start <= operandStart } ?? here)
    let isRead = (try? expression()) != nil
    let end = isRead && previousEnd > sign.end ? previousEnd : sign.end
    index = here
    let inner = source.text(of: Span(operandStart, end))
    var diagnostic = problem(
      "operator-in-command", "an operator cannot follow an operand of a call without parentheses",
      sign.span, help: inner.contains("\n") ? "put `( … )` around it" : "\(before)(\(inner))"
    ).diagnostic
    diagnostic.repair = Edit(Span(operandStart, end), "(\(inner))")
    return Problem(diagnostic)
  }

  /// `print if …`, `print not …`: a keyword cannot be an operand.
  private func refuseKeyword(behind length: Int) throws(Problem) {
    let next = ahead(length)
    guard !(next.startsLine && !ignoresLineBreaks), next.hasSpaceBefore else { return }
    switch next.kind {
    case .if, .not, .try, .with:
      let end = length == 1 ? token : ahead(length - 1)
      let callee = source.text(of: token.span.joined(with: end.span))
      throw problem(
        "needs-parentheses", "`\(text(next))` wants its own parentheses here", next.span,
        help: "\(callee) (\(text(next)) …)")
    default: return
    }
  }

  /// Whether the token `count` ahead is a word, of the language or another, that stands by itself as
  /// an operand.
  ///
  /// What it means, the resolver knows.
  private func isLoneWord(_ count: Int) -> Bool {
    let word = ahead(count)
    let next = ahead(count + 1)
    guard word.kind.isWordlike, !isLayer(count), word.hasSpaceBefore,
      !word.startsLine || ignoresLineBreaks, next.kind != .colon
    else { return false }
    switch next.kind {
    case .end, .semicolon, .rightBrace, .rightParen, .rightBracket, .comma, .bar: return true
    case .and, .or, .in, .dots: return false
    default: return next.startsLine || next.hasSpaceBefore && !next.kind.isSignOperator
    }
  }

  /// Reads `(a, name: b)`.
  mutating func argumentList() throws(Problem) -> [ArgumentSyntax] {
    let opened = token
    return try inside(ignoringLineBreaks: true) { parser throws(Problem) in
      parser.advance()
      var arguments: [ArgumentSyntax] = []
      while parser.token.kind != .rightParen {
        var name: String?
        var nameSpan: Span?
        if parser.token.kind.isWordlike, parser.ahead(1).kind == .colon {
          name = parser.text(parser.token)
          nameSpan = parser.token.span
          parser.advance()
          parser.advance()
        }
        let value = try parser.expression()
        arguments.append(ArgumentSyntax(name: name, nameSpan: nameSpan, value: value))
        if parser.token.kind != .comma { break }
        parser.advance()
      }
      try parser.close(.rightParen, ")", opened: opened)
      return arguments
    }
  }
}
