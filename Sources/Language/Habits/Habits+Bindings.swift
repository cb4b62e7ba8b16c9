extension Habit {
  /// How names and functions are made elsewhere.
  static let bindings = [
    Habit(declaration), Habit(binding), Habit(walrus), Habit(compound), Habit(functionWord),
    Habit(defaults), Habit(lambda),
  ]

  private static let bindingWords: Set<String> = [
    "var", "const", "local", "my", "auto", "val", "mut", "set", "define", "int", "float", "double",
    "string", "bool", "final", "export", "global",
  ]
  private static let functionWords: Set<String> = ["def", "function", "func", "fun", "proc", "sub"]

  /// `var x = 1`, and `let mut x = 1`.
  private static func declaration(_ line: FaultyLine) -> Change? {
    if line.kind(0) == .let, bindingWords.contains(line.word(1)), line.kind(2) == .word {
      return Change([Edit(Span(line.tokens[1].start, line.tokens[2].start), "")])
    }
    guard line.isUnknown(0), bindingWords.contains(line.word(0)), line.kind(1) == .word,
      line.kind(2) == .assign
    else { return nil }
    return Change([line.edit(0..<1, "let")], "a name is bound by `let`", at: line.tokens[0].span)
  }

  /// `x = 1` where there is no `x`.
  private static func binding(_ line: FaultyLine) -> Change? {
    guard line.kind(0) == .word, line.kind(1) == .assign, !line.isKnown(line.word(0)) else {
      return nil
    }
    return Change([line.insert("let ", before: 0)])
  }

  /// `x := 1`, `let x := 1` and `x <- 1`.
  private static func walrus(_ line: FaultyLine) -> Change? {
    let name = line.kind(0) == .let ? 1 : 0
    guard line.kind(name) == .word, line.isAdjacent(name + 2) else { return nil }
    let isWalrus = line.kind(name + 1) == .colon && line.kind(name + 2) == .assign
    let isArrow =
      line.kind(name + 1) == .less && line.kind(name + 2) == .minus && line.isUnknown(name)
    guard isWalrus || isArrow else { return nil }
    let sign = line.edit(name + 1..<name + 3, "=")
    return Change(
      (name == 0 ? [line.insert("let ", before: 0)] : []) + [sign],
      "a name is bound by `let` and `=`",
      at: sign.span)
  }

  /// `x += 1` and `x++`.
  private static func compound(_ line: FaultyLine) -> Change? {
    guard line.kind(0) == .word, line.kind(1).sum != nil || line.kind(1).product != nil,
      line.isAdjacent(2)
    else { return nil }
    let name = line.word(0)
    let sign = line.word(1)
    if line.kind(2) == line.kind(1), line.count == 3 {
      return Change([line.edit(1..<3, " = \(name) \(sign) 1")])
    }
    guard line.kind(2) == .assign, line.count > 3 else { return nil }
    let value = 3..<line.count
    let isOne = line.operandEnd(3) == line.count
    return Change([
      line.edit(1..<3, "= \(name) \(sign)"),
      line.edit(value, isOne ? line.text(value) : "(\(line.text(value)))"),
    ])
  }

  /// `def f(x) { … }`.
  private static func functionWord(_ line: FaultyLine) -> Change? {
    guard line.isUnknown(0), functionWords.contains(line.word(0)), line.kind(1) == .word,
      line.kind(2) == .leftParen
    else { return nil }
    var edits = [line.edit(0..<1, "fn")]
    let end = line.behind(2)
    if line.kind(end) == .minus, line.kind(end + 1) == .greater, line.kind(end + 2) == .word {
      edits.append(Edit(Span(line.tokens[end].start, line.tokens[end + 2].end), ""))
    }
    return Change(edits, "a function is declared by `fn`", at: line.tokens[0].span)
  }

  /// `fn f(x = 1)`: a default follows a colon.
  private static func defaults(_ line: FaultyLine) -> Change? {
    guard line.kind(0) == .fn || functionWords.contains(line.word(0)), line.kind(2) == .leftParen
    else { return nil }
    let places = (3..<max(3, line.behind(2) - 1)).filter {
      line.kind($0) == .assign && line.kind($0 - 1) == .word && line.kind($0 + 1) != .end
    }
    guard let first = places.first else { return nil }
    return Change(
      places.map {
        Edit(Span(line.tokens[$0 - 1].end, line.tokens[$0 + 1].start), ": ")
      }, "a default follows `:`", at: line.tokens[first].span)
  }

  /// `lambda x: x + 1` and `x => x + 1`.
  private static func lambda(_ line: FaultyLine) -> Change? {
    for place in line.tokens.indices {
      let isLambda = line.isUnknown(place) && line.word(place) == "lambda"
      let isArrow = line.kind(place) == .arrow && line.kind(place - 1) == .word
      guard isLambda || isArrow else { continue }
      let start = isLambda ? place : place - 1
      if isArrow, start > 0, [.leftBrace, .comma].contains(line.kind(start - 1)) { continue }
      let sign = isLambda ? line.first(from: place) { line.kind($0) == .colon } : place
      guard let sign, sign + 1 < line.count else { continue }
      var end = sign + 1
      while end < line.count, line.kind(end).opening >= 0, line.kind(end) != .comma,
        line.kind(end) != .bar
      { end = line.behind(end) }
      let names = isLambda ? line.text(place + 1..<sign) : line.word(start)
      let body = line.text(sign + 1..<end)
      let code = names.isEmpty ? "{ => \(body) }" : "{ \(names) => \(body) }"
      return Change(
        [line.edit(start..<end, code)], "a function without a name is a block",
        at: line.tokens[place].span)
    }
    return nil
  }
}
