extension Parser {
  /// Reads an expression, loosest operators first: `or`.
  mutating func expression() throws(Problem) -> Expression {
    try logic(isAnd: false)
  }

  private mutating func logic(isAnd: Bool) throws(Problem) -> Expression {
    let first = isAnd ? try negation() : try logic(isAnd: true)
    guard at(isAnd ? .and : .or) else { return first }
    var operands = [first]
    while at(isAnd ? .and : .or) {
      advance()
      operands.append(isAnd ? try negation() : try logic(isAnd: true))
    }
    return .logic(LogicNode(isAnd: isAnd, operands, Span(first.span.start, previousEnd)))
  }

  private mutating func negation() throws(Problem) -> Expression {
    guard token.kind == .not else { return try comparison() }
    let start = token.start
    var count = 0
    while token.kind == .not {
      count += 1
      advance()
    }
    let operand = try comparison()
    return .not(NotNode(count, operand, Span(start, previousEnd)))
  }

  private mutating func comparison() throws(Problem) -> Expression {
    let left = try range()
    guard !isBehindLine, let comparison = token.kind.comparison else { return left }
    advance()
    if token.kind == .not {
      throw problem(
        "needs-parentheses", "`not` wants its own parentheses here", token.span,
        help: "write `a == (not b)`")
    }
    let right = try range()
    return .comparison(ComparisonNode(comparison, left, right))
  }

  private mutating func range() throws(Problem) -> Expression {
    let start = try sum()
    guard at(.dots) else { return start }
    advance()
    return .range(RangeNode(start, try sum()))
  }

  private mutating func sum() throws(Problem) -> Expression {
    let first = try product()
    var rest: [(operation: Arithmetic, span: Span, operand: Expression)] = []
    while !isBehindLine, let operation = token.kind.sum {
      let span = token.span
      advance()
      rest.append((operation, span, try tight { parser throws(Problem) in try parser.product() }))
    }
    return chain(first, rest)
  }

  private mutating func product() throws(Problem) -> Expression {
    let first = try signed()
    var rest: [(operation: Arithmetic, span: Span, operand: Expression)] = []
    while !isBehindLine, let operation = token.kind.product {
      let span = token.span
      advance()
      rest.append((operation, span, try tight { parser throws(Problem) in try parser.signed() }))
    }
    return chain(first, rest)
  }

  private func chain(
    _ first: Expression, _ rest: [(operation: Arithmetic, span: Span, operand: Expression)]
  ) -> Expression {
    guard let last = rest.last else { return first }
    return .chain(ChainNode(first, rest, first.span.joined(with: last.operand.span)))
  }

  /// Reads an operand of an operator that binds tighter than `..`.
  private mutating func tight(
    _ read: (inout Parser) throws(Problem) -> Expression
  ) throws(Problem) -> Expression {
    let saved = isTight
    isTight = true
    defer { isTight = saved }
    return try read(&self)
  }

  private mutating func signed() throws(Problem) -> Expression {
    guard token.kind == .minus else { return try power() }
    if !isTight, let range = try rangeLiteral() { return range }
    let start = token.start
    let count = minuses()
    let operand = try power()
    if case .literal(let node) = operand, case .number(let value) = node.value {
      return .literal(
        LiteralNode(.number(count % 2 == 0 ? value : -value), Span(start, previousEnd)))
    }
    return .sign(SignNode(count, operand, Span(start, previousEnd)))
  }

  private mutating func minuses() -> Int {
    var count = 0
    while token.kind == .minus {
      count += 1
      advance()
    }
    return count
  }

  private mutating func power() throws(Problem) -> Expression {
    let base = try postfix()
    guard at(.power) else { return base }
    var operands = [PowerNode.Operand(signs: 0, value: base)]
    while at(.power) {
      advance()
      let signs = minuses()
      let value = try tight { parser throws(Problem) in try parser.postfix() }
      operands.append(.init(signs: signs, value: value))
    }
    return .power(PowerNode(operands, base.span.joined(with: Span(previousEnd, previousEnd))))
  }
}
