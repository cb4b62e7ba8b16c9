extension Habit {
  /// Words and signs of other languages.
  static let words = [
    Habit(constants), Habit(called), Habit(prefixed), Habit(identity), Habit(notIn),
  ]
  static let signs = [Habit(joined), Habit(negated), Habit(strange)]

  private static let constantWords = [
    "True": "true", "TRUE": "true", "False": "false", "FALSE": "false", "None": "null",
    "nil": "null", "NULL": "null", "undefined": "null", "nan": "NaN", "nothing": "null",
    "inf": "Infinity", "infinity": "Infinity",
  ]

  private static func constants(_ line: FaultyLine) -> Change? {
    let places = line.tokens.indices.filter {
      line.isUnknown($0) && constantWords[line.word($0)] != nil
    }
    guard !places.isEmpty else { return nil }
    return Change(places.map { line.edit($0..<$0 + 1, constantWords[line.word($0)] ?? "") })
  }

  /// A command under the name that it has elsewhere.
  private static func called(_ line: FaultyLine) -> Change? {
    for place in line.callees where line.isUnknown(place) {
      let name = line.word(place)
      let meant = line.registry.meant(by: name)
      guard meant.count == 1, let entry = meant.first else { continue }
      return Change(
        [line.edit(place..<place + 1, entry.name)], "`\(name)` is called `\(entry.name)` here",
        at: line.tokens[place].span)
    }
    return nil
  }

  /// `f"…"` and `r'…'`.
  private static func prefixed(_ line: FaultyLine) -> Change? {
    let places = line.tokens.indices.filter {
      ["f", "F", "r", "R", "b", "u"].contains(line.word($0)) && line.kind($0 + 1) == .stringOpen
        && line.isAdjacent($0 + 1)
    }
    guard let first = places.first else { return nil }
    return Change(
      places.map { line.edit($0..<$0 + 1, "") }, "a text in double quotes takes `{…}` as it is",
      at: line.tokens[first].span)
  }

  /// `x is None` and `x is not None`.
  private static func identity(_ line: FaultyLine) -> Change? {
    guard
      let place = line.tokens.indices.first(where: {
        $0 > 0 && line.isUnknown($0) && line.word($0) == "is"
      })
    else { return nil }
    let isNot = line.kind(place + 1) == .not
    return Change(
      [line.edit(place..<place + (isNot ? 2 : 1), isNot ? "!=" : "==")], "`==` compares",
      at: line.tokens[place].span)
  }

  /// `x not in y`.
  private static func notIn(_ line: FaultyLine) -> Change? {
    for place in line.tokens.indices
    where line.kind(place) == .not && line.kind(place + 1) == .in && place > 0 {
      var start = place - 1
      while start > 0, line.isAdjacent(start) { start -= 1 }
      return Change(
        [line.insert("not ", before: start), line.edit(place..<place + 2, "in")],
        "`not` stands before the comparison", at: line.tokens[place].span)
    }
    return nil
  }

  /// `&&`, `||`, `===`, `!==` and `<>`.
  private static func joined(_ line: FaultyLine) -> Change? {
    var edits: [Edit] = []
    for place in line.tokens.indices where line.isAdjacent(place + 1) {
      let both = line.word(place) + line.word(place + 1)
      let sign: String? =
        switch both {
        case "&&": "and"
        case "||": "or"
        case "===": "=="
        case "!==": "!="
        case "<>": "!="
        default: nil
        }
      if let sign { edits.append(line.edit(place..<place + 2, sign)) }
    }
    return edits.isEmpty ? nil : Change(edits)
  }

  /// `!x`.
  private static func negated(_ line: FaultyLine) -> Change? {
    let places = line.tokens.indices.filter {
      line.word($0) == "!" && line.isAdjacent($0 + 1)
        && [.word, .leftParen].contains(line.kind($0 + 1))
    }
    return places.isEmpty || places == [0] && line.count == 2 && line.isUnknown(1)
      ? nil : Change(places.map { line.edit($0..<$0 + 1, "not ") })
  }

  private static let signsHere = [
    "“": "\"", "”": "\"", "‘": "'", "’": "'", "−": "-", "–": "-", "×": "*", "÷": "/", "≤": "<=",
    "≥": ">=", "≠": "!=", "→": "=>", "^": "**", "$": "",
  ]

  private static func strange(_ line: FaultyLine) -> Change? {
    let places = line.tokens.indices.filter {
      line.kind($0) == .invalid && signsHere[line.word($0)] != nil
    }
    return places.isEmpty
      ? nil : Change(places.map { line.edit($0..<$0 + 1, signsHere[line.word($0)] ?? "") })
  }
}

extension Registry {
  /// The entries that are found under a word as another word for them.
  func meant(by word: String) -> [Builtin] {
    entries.filter { $0.searchWords.contains(word) }
  }
}
