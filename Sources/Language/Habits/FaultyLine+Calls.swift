/// A call in a faulty line.
struct FaultyCall {
  /// The token of the called name.
  var callee: Int
  /// The command, where it is one.
  var builtin: Builtin?
  /// The tokens of its arguments.
  var arguments: Range<Int>
  /// Whether the arguments stand in parentheses.
  var isParenthesised: Bool
  /// Whether something comes through a pipe.
  var isPiped: Bool

  /// The parameters that take what is given by position, in order.
  var takers: [ParameterInfo] {
    (builtin?.parameters ?? []).filter { $0.isPositional && !(isPiped && $0.role == .piped) }
  }
}

extension FaultyLine {
  /// The calls of the line from left to right.
  var calls: [FaultyCall] {
    var calls: [FaultyCall] = []
    for place in tokens.indices where kind(place) == .word {
      let isField = kind(place - 1) == .dot && isAdjacent(place)
      if kind(place - 1) == .fn { continue }
      if kind(place + 1) == .leftParen, isAdjacent(place + 1), !isField {
        let end = behind(place + 1)
        calls.append(call(place, place + 2..<max(place + 2, end - 1), isParenthesised: true))
      } else if beginsPipeline(place), place + 1 < count, kind(place + 1) != .assign {
        let end = first(from: place + 1) { kind($0) == .bar } ?? closing(from: place + 1)
        if end > place + 1 { calls.append(call(place, place + 1..<end, isParenthesised: false)) }
      }
    }
    return calls
  }

  /// The places of the names that are called, with arguments or without.
  var callees: [Int] {
    let alone = tokens.indices.filter { place in
      kind(place) == .word && beginsPipeline(place)
        && (place + 1 == count || kind(place + 1) == .bar || kind(place + 1).opening < 0)
    }
    return calls.map(\.callee) + alone
  }

  private func call(_ callee: Int, _ arguments: Range<Int>, isParenthesised: Bool) -> FaultyCall {
    FaultyCall(
      callee: callee, builtin: registry.command(word(callee)), arguments: arguments,
      isParenthesised: isParenthesised, isPiped: kind(callee - 1) == .bar)
  }

  /// Whether a call without parentheses may stand at a place.
  private func beginsPipeline(_ place: Int) -> Bool {
    if place == 0 { return true }
    if kind(place - 1) == .leftParen, isAdjacent(place - 1), kind(place - 2) == .word {
      return false
    }
    switch kind(place - 1) {
    case .bar, .leftParen, .leftBrace, .assign, .arrow, .return, .codeOpen: return true
    default: return false
    }
  }

  /// The place of the bracket that closes what is around a place, or the end.
  private func closing(from start: Int) -> Int {
    var place = start
    while place < count, kind(place).opening >= 0 { place = behind(place) }
    return place
  }

  /// The operands of a call without parentheses, as they look: the runs between spaces, without what
  /// is given by name.
  func positionalOperands(of call: FaultyCall) -> [Range<Int>] {
    var operands: [Range<Int>] = []
    var place = call.arguments.lowerBound
    while place < call.arguments.upperBound {
      if kind(place).isWordlike, kind(place + 1) == .colon {
        place = operandEnd(place + 2)
        continue
      }
      let end = min(operandEnd(place), call.arguments.upperBound)
      operands.append(place..<end)
      place = end
    }
    return operands
  }
}
