extension Parser {
  /// Whether an address literal begins here: a layer, or a side and a layer.
  var beginsAddress: Bool {
    guard token.kind == .word else { return false }
    if isLayer(0) { return true }
    return ahead(1).kind == .dot && isAdjacent(1) && ahead(2).kind == .word && isAdjacent(2)
      && (isLayer(2) || host.sidedValues.contains(text(ahead(2))))
      && host.sides.contains(text(token))
  }

  /// Whether the token `count` ahead is `L` with what picks layers.
  func isLayer(_ count: Int) -> Bool {
    let token = ahead(count)
    let bytes = source.bytes[token.start..<token.end]
    guard Lexer.isLayerWord(bytes) else { return false }
    return bytes.count > 1 || isSelector(ahead(count + 1))
  }

  /// Whether a token can begin a selector at once behind a word.
  private func isSelector(_ token: Token) -> Bool {
    !token.hasSpaceBefore && [.star, .leftBrace, .leftParen].contains(token.kind)
  }

  /// Reads an address literal; nil when none stands here.
  mutating func address() throws(Problem) -> AddressNode? {
    guard beginsAddress else { return nil }
    let start = token.start
    var side: String?
    if !isLayer(0) {
      side = text(token)
      advance()
      advance()
    }
    if side != nil, host.sidedValues.contains(text(token)) {
      let word = text(token)
      advance()
      return AddressNode(side: side, pieces: [(word, nil)], Span(start, previousEnd))
    }
    var pieces: [(word: String, selector: SelectorSyntax?)] = [
      ("L", try wordSelector(prefix: "L"))
    ]
    while token.kind == .dot, isAdjacent(), ahead(1).kind.isWordlike, isAdjacent(1) {
      guard let piece = component(ahead(1)) else { break }
      advance()
      if piece.isSelected {
        pieces.append((piece.word, try wordSelector(prefix: piece.word)))
      } else {
        pieces.append((piece.word, nil))
        advance()
      }
    }
    return AddressNode(side: side, pieces: pieces, Span(start, previousEnd))
  }

  /// The component that a word names, if the host knows it.
  private func component(_ token: Token) -> (word: String, isSelected: Bool)? {
    let word = text(token)
    if host.plainComponents.contains(word) { return (word, false) }
    let letters = String(word.prefix { !$0.isNumber })
    guard host.selectedComponents.contains(letters) else { return nil }
    let digits = word.utf8.count - letters.utf8.count
    if digits == 0 { return isSelector(ahead(2)) ? (letters, true) : nil }
    return word.utf8.suffix(digits).allSatisfy { (48...57).contains($0) } ? (letters, true) : nil
  }

  /// Reads a word with its selector: `H5`, `L2..4`, `H*`, `L{0, 3}`, `L(i)`.
  private mutating func wordSelector(prefix: String) throws(Problem) -> SelectorSyntax {
    let digits = String(text(token).dropFirst(prefix.count))
    let span = Span(token.start + prefix.utf8.count, token.end)
    advance()
    if digits.isEmpty { return try bracketSelector() }
    guard let first = Int(digits), first < 1 << 31 else {
      throw problem("bad-range", "the number is too large", span)
    }
    return .fixed(try greedyRange(from: first))
  }

  /// Reads `..5` behind the first number of a selector, if it stands there.
  private mutating func greedyRange(from first: Int) throws(Problem) -> Selector {
    guard token.kind == .dots, isAdjacent() else { return .one(first) }
    let length = signedNumberLength(1)
    guard length > 0, isAdjacent(1) else {
      let word = source.text(of: ahead(1).span)
      throw problem(
        "bad-range", "the range needs a number at its end", token.span.joined(with: ahead(1).span),
        help: ahead(1).kind == .word
          ? "computed ends stand in parentheses: `(\(first)..\(word))`"
          : "write the last number, or `..-1` for all the rest")
    }
    advance()
    return .range(first, try wholeNumber(length))
  }

  private mutating func bracketSelector() throws(Problem) -> SelectorSyntax {
    let opened = token
    switch token.kind {
    case .star where isAdjacent():
      advance()
      return .fixed(.all)
    case .leftParen where isAdjacent():
      return try inside(ignoringLineBreaks: true) { parser throws(Problem) in
        parser.advance()
        let code = try parser.pipeline()
        try parser.close(.rightParen, ")", opened: opened)
        return .code(code)
      }
    case .leftBrace where isAdjacent():
      return try inside(ignoringLineBreaks: true) { parser throws(Problem) in
        parser.advance()
        var elements: [Expression] = []
        while parser.token.kind != .rightBrace {
          elements.append(try parser.expression())
          if parser.token.kind != .comma { break }
          parser.advance()
        }
        if elements.isEmpty { throw parser.unexpected(expected: "a number") }
        try parser.close(.rightBrace, "}", opened: opened)
        return .list(elements)
      }
    default:
      throw unexpected(
        expected: "a number, a range, `*`, `{…}` or `(…)`", help: "such as `L3`, `L2..4` or `L*`")
    }
  }

  /// Reads a position literal from its `@` on.
  mutating func position() throws(Problem) -> PositionNode {
    let start = token.start
    advance()
    if token.kind == .end || (token.hasSpaceBefore) {
      throw unexpected(
        expected: "a position at once behind `@`", help: "such as `@3`, `@-1`, `@2..5` or `@*`")
    }
    let selector: SelectorSyntax
    let length = signedNumberLength(0)
    if length > 0 {
      let first = try wholeNumber(length)
      selector = .fixed(try greedyRange(from: first))
    } else if token.kind == .dots, signedNumberLength(1) > 0, isAdjacent(1) {
      advance()
      selector = .fixed(.range(nil, try wholeNumber(signedNumberLength(0))))
    } else if token.kind == .stringOpen {
      selector = .text(try textLiteral())
    } else {
      selector = try bracketSelector()
    }
    return PositionNode(selector, Span(start, previousEnd))
  }
}
