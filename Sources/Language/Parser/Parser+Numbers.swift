extension Parser {
  mutating func numberLiteral() throws(Problem) -> Expression {
    let value = try number(token)
    let span = token.span
    advance()
    return .literal(LiteralNode(.number(value), span))
  }

  private func number(_ token: Token) throws(Problem) -> Double {
    if let small = smallNumber(token.span) { return small }
    let digits = text(token).filter { $0 != "_" }
    guard let value = Double(digits) else {
      throw problem("bad-number", "this is not a number", token.span)
    }
    guard value.isFinite else {
      throw problem(
        "bad-number", "the number is too large", token.span,
        help: "numbers go up to about 1.8e308")
    }
    return value
  }

  /// The value of a few digits, which is the common case; nil for all else.
  private func smallNumber(_ span: Span) -> Double? {
    guard span.length <= 15 else { return nil }
    var value = 0
    for byte in source.bytes[span.start..<span.end] {
      guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
      value = value * 10 + Int(byte - UInt8(ascii: "0"))
    }
    return Double(value)
  }

  /// A range of numbers without spaces, such as `2..5` or `-3..-1`; nil when none stands here.
  mutating func rangeLiteral() throws(Problem) -> Expression? {
    if isTight { return nil }
    let start = token.start
    let first = signedNumberLength(0)
    guard first > 0, ahead(first).kind == .dots, isAdjacent(first),
      isAdjacent(first + 1)
    else { return nil }
    let second = signedNumberLength(first + 1)
    guard second > 0 else { return nil }
    let low = try wholeNumber(first)
    advance()
    let high = try wholeNumber(second)
    return .literal(LiteralNode(.range(NumberRange(low, high)), Span(start, previousEnd)))
  }

  /// How many tokens a number with or without a sign has from the token `ahead` on; 0 for none.
  func signedNumberLength(_ count: Int) -> Int {
    if ahead(count).kind == .number { return 1 }
    let isSigned =
      ahead(count).kind == .minus && ahead(count + 1).kind == .number && isAdjacent(count + 1)
    return isSigned ? 2 : 0
  }

  /// Reads a whole number of `length` tokens.
  mutating func wholeNumber(_ length: Int) throws(Problem) -> Int {
    let span = token.span.joined(with: ahead(length - 1).span)
    let isNegative = length == 2
    if isNegative { advance() }
    let value = try number(token)
    advance()
    guard let whole = (isNegative ? -value : value).exactInteger else {
      throw problem(
        "bad-range", "`\(source.text(of: span))` is not a whole number", span,
        help: "ranges, addresses and positions are made of whole numbers")
    }
    return whole
  }
}
