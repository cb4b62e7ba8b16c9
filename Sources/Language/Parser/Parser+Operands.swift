extension Parser {
  /// Reads an operand with what follows it without a space.
  mutating func postfix() throws(Problem) -> Expression {
    var expression = try primary()
    let outerDepth = depth
    defer { depth = outerDepth }
    while !token.hasSpaceBefore {
      switch token.kind {
      case .dot:
        advance()
        guard token.kind.isWordlike, isAdjacent() else {
          throw unexpected(expected: "a field's name")
        }
        expression = .field(FieldNode(expression, text(token), nameSpan: token.span))
        advance()
      case .leftBracket: expression = try index(of: expression)
      case .leftParen:
        let arguments = try argumentList()
        let span = expression.span.joined(with: Span(previousEnd, previousEnd))
        expression = .call(CallNode(expression, arguments, isCommand: false, span))
      case .at: expression = .narrow(NarrowNode(expression, try position()))
      default: return expression
      }
      try goDeeper(expression.span)
    }
    return expression
  }

  private mutating func index(of base: Expression) throws(Problem) -> Expression {
    let opened = token
    return try inside(ignoringLineBreaks: true) { parser throws(Problem) in
      parser.advance()
      var picks: [(axis: String?, index: Expression)] = []
      while parser.token.kind != .rightBracket {
        var axis: String?
        if parser.token.kind.isWordlike, parser.ahead(1).kind == .colon {
          axis = parser.text(parser.token)
          parser.advance()
          parser.advance()
        }
        picks.append((axis, try parser.expression()))
        if parser.token.kind != .comma { break }
        parser.advance()
      }
      if picks.isEmpty { throw parser.unexpected(expected: "an index") }
      try parser.close(.rightBracket, "]", opened: opened)
      return .index(IndexNode(base, picks, Span(base.span.start, parser.previousEnd)))
    }
  }

  private mutating func primary() throws(Problem) -> Expression {
    let first = token
    try goDeeper(first.span)
    defer { depth -= 1 }
    switch first.kind {
    case .number:
      if let range = try rangeLiteral() { return range }
      return try numberLiteral()
    case .true, .false, .null:
      advance()
      let value: Value = first.kind == .null ? .null : .bool(first.kind == .true)
      return .literal(LiteralNode(value, first.span))
    case .stringOpen: return .text(try textLiteral())
    case .word:
      if let address = try address() { return .address(address) }
      advance()
      return .name(NameNode(text(first), first.span))
    case .leftParen: return try group()
    case .leftBracket: return try list()
    case .leftBrace: return try braces()
    case .at: return .position(try position())
    case .if: return try condition()
    case .with: return try with()
    case .try: return try attempt()
    default: throw unexpected(expected: "a value")
    }
  }

  private mutating func group() throws(Problem) -> Expression {
    let opened = token
    return try inside(ignoringLineBreaks: true) { parser throws(Problem) in
      parser.advance()
      let inner = try parser.pipeline()
      try parser.close(.rightParen, ")", opened: opened)
      return .group(GroupNode(inner, Span(opened.start, parser.previousEnd)))
    }
  }

  private mutating func list() throws(Problem) -> Expression {
    let opened = token
    return try inside(ignoringLineBreaks: true) { parser throws(Problem) in
      parser.advance()
      var elements: [Expression] = []
      while parser.token.kind != .rightBracket {
        elements.append(try parser.expression())
        if parser.token.kind != .comma { break }
        parser.advance()
      }
      try parser.close(.rightBracket, "]", opened: opened)
      return .list(ListNode(elements, Span(opened.start, parser.previousEnd)))
    }
  }

  private mutating func condition() throws(Problem) -> Expression {
    let start = token.start
    var branches: [(condition: Expression, body: Body)] = []
    var otherwise: Body?
    repeat {
      advance()
      let condition = try head()
      branches.append((condition, try body()))
      guard token.kind == .else, !token.startsLine else { break }
      advance()
      if token.kind != .if { otherwise = try body() }
    } while otherwise == nil
    return .condition(
      ConditionNode(branches, otherwise: otherwise, Span(start, previousEnd)))
  }

  /// Reads the expression before a body.
  private mutating func head() throws(Problem) -> Expression {
    let saved = isTight
    isTight = false
    defer { isTight = saved }
    return try expression()
  }

  private mutating func with() throws(Problem) -> Expression {
    let start = token.start
    advance()
    var heads = [try head()]
    while at(.comma) {
      advance()
      heads.append(try head())
    }
    let body = try body()
    return .with(WithNode(heads, body, Span(start, previousEnd)))
  }

  private mutating func attempt() throws(Problem) -> Expression {
    let start = token.start
    advance()
    let body = try body()
    guard token.kind == .catch, !token.startsLine else {
      if token.kind == .catch { throw misplacedCatch() }
      throw unexpected(
        expected: "`catch`", help: "`try { … } catch e { … }` says what to do on failure")
    }
    advance()
    let variable = try newName("the error")
    let handler = try self.body()
    return .attempt(AttemptNode(body, variable, handler, Span(start, previousEnd)))
  }
}
