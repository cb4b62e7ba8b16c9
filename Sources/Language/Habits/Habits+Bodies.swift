extension Habit {
  /// How bodies, choices and lists are written elsewhere.
  static let bodies = [
    Habit(colonBody), Habit(otherwise), Habit(handler), Habit(question), Habit(choice),
    Habit(comprehension), Habit(counting),
  ]

  /// `// words` and `/* words */` at the start of a line.
  static func comment(_ line: FaultyLine) -> Change? {
    guard line.kind(0) == .slash, [.slash, .star].contains(line.kind(1)), line.isAdjacent(1) else {
      return nil
    }
    var words = line.text(2..<line.count)
    if line.kind(1) == .star, words.hasSuffix("*/") { words = String(words.dropLast(2)) }
    while words.last == " " { words.removeLast() }
    return Change(
      [line.edit(0..<line.count, "# \(words)")], "a comment begins with `#`",
      at: line.tokens[0].span.joined(with: line.tokens[1].span))
  }

  /// `if x == 1: print 2`: a body stands in braces.
  private static func colonBody(_ line: FaultyLine) -> Change? {
    let heads: Set<String> = [
      "if", "for", "while", "with", "fn", "def", "elif", "else", "try", "except", "function",
    ]
    guard heads.contains(line.word(0)),
      let colon = line.first(from: 1, where: { line.kind($0) == .colon })
    else { return nil }
    let start = Span(line.tokens[colon - 1].end, line.tokens[colon].end)
    let body =
      colon + 1 < line.count
      ? [line.insert(" }", before: line.count)] : [line.insert(" … }", before: line.count)]
    return Change(
      [Edit(start, " {")] + body, "a body stands in braces", at: line.tokens[colon].span)
  }

  /// `elif`, `elseif` and `elsif`.
  private static func otherwise(_ line: FaultyLine) -> Change? {
    let places = line.tokens.indices.filter {
      ["elif", "elseif", "elsif"].contains(line.word($0)) && line.isUnknown($0)
    }
    guard let first = places.first else { return nil }
    let alone = first == 0 ? "} " : ""
    return Change(
      places.map { line.edit($0..<$0 + 1, "\(alone)else if") }, "it is `else if` here",
      at: line.tokens[first].span)
  }

  /// `except E as e` and `catch (e)`.
  private static func handler(_ line: FaultyLine) -> Change? {
    for place in line.tokens.indices {
      if line.kind(place) == .catch, line.kind(place + 1) == .leftParen,
        line.kind(place + 2) == .word, line.kind(place + 3) == .rightParen
      {
        return Change([line.edit(place + 1..<place + 4, line.word(place + 2))])
      }
      if line.kind(place) == .catch, line.kind(place + 1) == .leftBrace {
        return Change([line.edit(place..<place + 1, "catch e")])
      }
    }
    return nil
  }

  /// `c ? a : b`.
  private static func question(_ line: FaultyLine) -> Change? {
    guard let mark = line.first(from: 1, where: { line.word($0) == "?" }),
      let colon = line.first(from: mark, where: { line.kind($0) == .colon }),
      colon + 1 < line.count, colon > mark + 1
    else { return nil }
    let start = (line.first(from: 0) { line.kind($0) == .assign } ?? -1) + 1
    guard start < mark else { return nil }
    let code =
      "if \(line.text(start..<mark)) { \(line.text(mark + 1..<colon)) } "
      + "else { \(line.text(colon + 1..<line.count)) }"
    return Change(
      [line.edit(start..<line.count, code)], "a choice is written with `if` and `else`",
      at: line.tokens[mark].span)
  }

  /// `a if c else b`.
  private static func choice(_ line: FaultyLine) -> Change? {
    let start = (line.first(from: 0) { line.kind($0) == .assign } ?? -1) + 1
    guard let first = line.first(from: start, where: { line.kind($0) == .if }), first > start,
      let second = line.first(from: first, where: { line.kind($0) == .else }),
      second > first + 1, second + 1 < line.count, line.kind(second + 1) != .leftBrace
    else { return nil }
    let code =
      "if \(line.text(first + 1..<second)) { \(line.text(start..<first)) } "
      + "else { \(line.text(second + 1..<line.count)) }"
    return Change(
      [line.edit(start..<line.count, code)], "`if` stands before what it chooses",
      at: line.tokens[first].span)
  }

  /// `[e for x in l if c]`.
  private static func comprehension(_ line: FaultyLine) -> Change? {
    for open in line.tokens.indices where line.kind(open) == .leftBracket {
      let close = line.behind(open) - 1
      guard let loop = line.first(from: open + 1, to: close, where: { line.kind($0) == .for }),
        loop > open + 1, line.kind(loop + 1) == .word, line.kind(loop + 2) == .in
      else { continue }
      let test = line.first(from: loop, to: close) { line.kind($0) == .if }
      let name = line.word(loop + 1)
      let values = line.text(loop + 3..<(test ?? close))
      let chosen = test.map { " | where { \(name) => \(line.text($0 + 1..<close)) }" } ?? ""
      let made = line.text(open + 1..<loop)
      let mapped = made == name ? "" : " | each { \(name) => \(made) }"
      let isWhole = open == 0 && close == line.count - 1
      let code = "\(values)\(chosen)\(mapped)"
      return Change(
        [line.edit(open..<close + 1, isWhole ? code : "(\(code))")],
        "a list is made of another by a pipeline", at: line.tokens[loop].span)
    }
    return nil
  }

  /// `range(3)`, `range(1, 3)`, and `range 1 3`, which has both its ends.
  private static func counting(_ line: FaultyLine) -> Change? {
    for call in line.calls
    where line.isUnknown(call.callee) && ["range", "seq"].contains(line.word(call.callee)) {
      let numbers = call.arguments.filter { line.kind($0) != .comma }
      guard numbers.count == call.arguments.count - (call.isParenthesised ? numbers.count - 1 : 0),
        (1...2).contains(numbers.count), numbers.allSatisfy({ line.kind($0) == .number }),
        let last = numbers.last.flatMap({ Int(line.word($0)) })
      else { continue }
      let first = numbers.count == 2 ? line.word(numbers[0]) : call.isParenthesised ? "0" : "1"
      let end = call.isParenthesised && line.word(call.callee) == "range" ? last - 1 : last
      let whole = call.callee..<call.arguments.upperBound + (call.isParenthesised ? 1 : 0)
      return Change(
        [line.edit(whole, "\(first)..\(end)")], "a range is written `1..3`, with both its ends",
        at: line.tokens[call.callee].span)
    }
    return nil
  }
}
