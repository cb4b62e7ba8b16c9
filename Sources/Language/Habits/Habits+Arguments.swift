extension Habit {
  /// How arguments are passed elsewhere.
  static let arguments = [
    Habit(blocks), Habit(equals), Habit(dashes), Habit(commas),
  ]

  /// The name of a parameter of a call that a word may mean; nil where there is none.
  private static func parameter(_ word: String, of call: FaultyCall) -> String? {
    guard let builtin = call.builtin else { return word }
    let names = builtin.parameters.map(\.name)
    return names.contains(word) ? word : Suggestion.near(word, among: names).first
  }

  /// `predict p top=2`.
  private static func equals(_ line: FaultyLine) -> Change? {
    var edits: [Edit] = []
    var spot: Span?
    for call in line.calls {
      var place = call.arguments.lowerBound
      while place + 1 < call.arguments.upperBound {
        if line.kind(place).isWordlike, line.kind(place + 1) == .assign,
          place + 2 < call.arguments.upperBound,
          let name = parameter(line.word(place), of: call)
        {
          edits.append(
            Edit(Span(line.tokens[place].start, line.tokens[place + 2].start), "\(name): "))
          spot = spot ?? line.tokens[place + 1].span
        }
        place = line.behind(place)
      }
    }
    return edits.isEmpty ? nil : Change(edits, "an argument is named with `:`", at: spot)
  }

  /// `predict p --top 2`, `--top=2` and `--overwrite`.
  private static func dashes(_ line: FaultyLine) -> Change? {
    var edits: [Edit] = []
    var spot: Span?
    for call in line.calls where !call.isParenthesised {
      let end = call.arguments.upperBound
      var place = call.arguments.lowerBound
      while place < end {
        guard let option = option(line, place, before: end),
          let name = parameter(option.name, of: call)
        else {
          place = line.behind(place)
          continue
        }
        let next = option.end
        let hasValue = next < end && self.option(line, next, before: end) == nil
        let stop = hasValue ? line.tokens[next].start : line.tokens[next - 1].end
        edits.append(
          Edit(Span(line.tokens[place].start, stop), hasValue ? "\(name): " : "\(name): true"))
        spot = spot ?? Span(line.tokens[place].start, line.tokens[option.lastOfName].end)
        place = next
      }
    }
    return edits.isEmpty ? nil : Change(edits, "an argument is named with `:`", at: spot)
  }

  /// The name behind dashes at a place, and where its value would begin.
  private static func option(
    _ line: FaultyLine, _ place: Int, before end: Int
  ) -> (name: String, lastOfName: Int, end: Int)? {
    guard line.kind(place) == .minus, line.tokens[place].hasSpaceBefore else { return nil }
    var next = place + 1
    if line.kind(next) == .minus, line.isAdjacent(next) { next += 1 }
    guard next < end, line.kind(next).isWordlike, line.isAdjacent(next) else { return nil }
    var name = line.word(next)
    while next + 2 < end, line.kind(next + 1) == .minus, line.isAdjacent(next + 1),
      line.kind(next + 2).isWordlike, line.isAdjacent(next + 2)
    {
      next += 2
      name += "_" + line.word(next)
    }
    let hasSign = [.assign, .colon].contains(line.kind(next + 1))
    return (name, next, next + (hasSign ? 2 : 1))
  }

  /// `predict p, top: 2`: operands are set apart by spaces.
  private static func commas(_ line: FaultyLine) -> Change? {
    var edits: [Edit] = []
    for call in line.calls where !call.isParenthesised {
      var place = call.arguments.lowerBound
      while place < call.arguments.upperBound {
        if line.kind(place) == .comma { edits.append(line.edit(place..<place + 1, "")) }
        place = line.behind(place)
      }
    }
    guard let first = edits.first else { return nil }
    return Change(
      edits, "operands of a call without parentheses are set apart by spaces", at: first.span)
  }

  /// `t | where probability > 0.1`: what is asked of each row is a block.
  private static func blocks(_ line: FaultyLine) -> Change? {
    for call in line.calls {
      guard let taker = call.takers.first,
        taker.kind.contains("function") || taker.kind.contains("block")
      else { continue }
      let given = call.arguments
      guard !given.isEmpty, line.kind(given.lowerBound) != .leftBrace,
        !given.contains(where: { line.kind($0) == .arrow || line.word($0) == "lambda" }),
        given.contains(where: { line.kind($0).comparison != nil || line.kind($0).isArithmetic })
      else { continue }
      let stop =
        line.first(from: given.lowerBound, to: given.upperBound) {
          line.kind($0) == .comma || line.kind($0).isWordlike && line.kind($0 + 1) == .colon
        } ?? given.upperBound
      var edits: [Edit] = []
      for place in given.lowerBound..<stop where line.kind(place) == .word {
        let isField = line.kind(place - 1) == .dot && line.isAdjacent(place)
        let isCall = line.kind(place + 1) == .leftParen && line.isAdjacent(place + 1)
        if !isField, !isCall, line.word(place) != "it", line.isUnknown(place) {
          edits.append(line.insert("it.", before: place))
        }
      }
      let names = edits
      if call.isParenthesised {
        edits =
          [line.insert("{ ", before: given.lowerBound)] + names + [line.insert(" }", before: stop)]
      } else {
        edits = [line.insert("{ ", before: given.lowerBound)] + names
        let end = line.tokens[stop - 1].end
        edits.append(Edit(Span(end, end), " }"))
      }
      return Change(
        edits, "`\(line.word(call.callee))` asks a block about each row",
        at: Span(line.tokens[given.lowerBound].start, line.tokens[stop - 1].end))
    }
    return nil
  }
}

extension Token.Kind {
  /// Whether it computes with two numbers.
  fileprivate var isArithmetic: Bool { sum != nil || product != nil }
}
