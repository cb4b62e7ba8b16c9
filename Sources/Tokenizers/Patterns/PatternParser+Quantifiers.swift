extension PatternParser {
  /// Counts above this are refused: they make programs of that many steps.
  static let countBound = 1000

  /// Reads the quantifiers behind `node`.
  mutating func quantified(_ node: PatternNode) throws(PatternError) -> PatternNode {
    var node = node
    while let repetition = try quantifier() {
      node = .repetition(node, repetition)
    }
    return node
  }

  private mutating func quantifier() throws(PatternError) -> PatternNode.Repetition? {
    var repetition = PatternNode.Repetition(minimum: 0, maximum: nil, manner: .greedy)
    switch next {
    case "*": break
    case "+": repetition.minimum = 1
    case "?": repetition.maximum = 1
    case "{": return try interval()
    default: return nil
    }
    position += 1
    if take("?") {
      repetition.manner = .lazy
    } else if take("+") {
      repetition.manner = .possessive
    }
    return repetition
  }

  /// Reads `{n}`, `{n,}`, `{n,m}` or `{,m}`; anything else is the brace itself.
  ///
  /// A plus behind an interval
  /// repeats it, and a question mark behind `{n}` makes it optional.
  private mutating func interval() throws(PatternError) -> PatternNode.Repetition? {
    let start = position
    position += 1
    let minimum = count()
    var maximum = minimum
    let hasComma = take(",")
    if hasComma { maximum = count() }
    guard minimum != nil || maximum != nil, take("}") else {
      position = start
      return nil
    }
    guard max(minimum ?? 0, maximum ?? 0) <= Self.countBound else {
      throw .unsupported("a repetition of more than \(Self.countBound)")
    }
    guard (minimum ?? 0) <= (maximum ?? Int.max) else {
      throw .invalid("a repetition has its bounds the wrong way round")
    }
    let isLazy = hasComma && take("?")
    return PatternNode.Repetition(
      minimum: minimum ?? 0, maximum: maximum, manner: isLazy ? .lazy : .greedy)
  }

  private mutating func count() -> Int? {
    var value: Int?
    while let digit = next, ("0"..."9").contains(digit) {
      value = min((value ?? 0) * 10 + Int(digit.value - 0x30), 1 << 20)
      position += 1
    }
    return value
  }
}
