extension Parser {
  /// Reads what `{` begins in the place of an operand: a record or a block.
  mutating func braces() throws(Problem) -> Expression {
    if ahead(1).kind == .rightBrace { return try record() }
    return isRecord ? try record() : .function(try block())
  }

  /// Whether a name or a text and `:` follow the brace.
  private var isRecord: Bool {
    if ahead(1).kind.isWordlike { return ahead(2).kind == .colon }
    guard ahead(1).kind == .stringOpen else { return false }
    var place = index + 1
    var open = 0
    while place < tokens.count - 1 {
      if tokens[place].kind == .stringOpen { open += 1 }
      if tokens[place].kind == .stringClose { open -= 1 }
      place += 1
      if open == 0 { break }
    }
    return tokens[place].kind == .colon
  }

  private mutating func record() throws(Problem) -> Expression {
    let opened = token
    return try inside(ignoringLineBreaks: true) { parser throws(Problem) in
      parser.advance()
      var fields: [(name: TextNode, value: Expression)] = []
      var places: [String: Span] = [:]
      while parser.token.kind != .rightBrace {
        let name = try parser.fieldName()
        if parser.token.kind != .colon { throw parser.unexpected(expected: "`:` and a value") }
        parser.advance()
        if let text = name.constant, let twin = places.updateValue(name.span, forKey: text) {
          throw parser.problem(
            "duplicate-name", "two fields are called `\(text)`", name.span,
            also: [(twin, "the first one")])
        }
        fields.append((name, try parser.expression()))
        if parser.token.kind != .comma { break }
        parser.advance()
      }
      try parser.close(.rightBrace, "}", opened: opened)
      return .record(RecordNode(fields, Span(opened.start, parser.previousEnd)))
    }
  }

  private mutating func fieldName() throws(Problem) -> TextNode {
    if token.kind == .stringOpen { return try textLiteral() }
    guard token.kind.isWordlike else { throw unexpected(expected: "a field's name") }
    defer { advance() }
    return TextNode([.text(text(token))], token.span)
  }

  private mutating func block() throws(Problem) -> FunctionNode {
    let opened = token
    let count = blockParameterCount
    return try inside(ignoringLineBreaks: false) { parser throws(Problem) in
      parser.advance()
      var parameters: [FunctionNode.Parameter] = []
      if let count {
        var spans: [String: Span] = [:]
        parser.ignoresLineBreaks = true
        for place in 0..<count {
          let variable = try parser.newName("a parameter")
          if let twin = spans.updateValue(variable.span, forKey: variable.name) {
            throw parser.problem(
              "duplicate-name", "two parameters are called `\(variable.name)`", variable.span,
              also: [(twin, "the first one")])
          }
          parameters.append(.init(variable: variable, fallback: nil))
          if place < count - 1 { parser.advance() }
        }
        parser.advance()
        parser.ignoresLineBreaks = false
      } else {
        parameters = [.init(variable: Variable("it", opened.span), fallback: nil)]
      }
      let start = parser.token.start
      let statements = parser.statements(until: .rightBrace)
      let body = Body(statements, Span(start, max(start, parser.previousEnd)))
      try parser.close(.rightBrace, "}", opened: opened)
      return FunctionNode(
        "block", count == nil ? .block : .blockWithParameters, parameters, body, parser.source,
        Span(opened.start, parser.previousEnd))
    }
  }

  /// How many parameters stand before `=>`; nil when there is no `=>`.
  private var blockParameterCount: Int? {
    if ahead(1).kind == .arrow { return 0 }
    var place = 1
    var count = 0
    while ahead(place).kind.isWordlike {
      count += 1
      switch ahead(place + 1).kind {
      case .arrow: return count
      case .comma: place += 2
      default: return nil
      }
    }
    return nil
  }
}
