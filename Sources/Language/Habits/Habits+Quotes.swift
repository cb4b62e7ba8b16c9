extension Habit {
  /// `load tiny-lm`, `save a.svg`, `predict the cat`: a text stands in quotes.
  static func quotes(_ line: FaultyLine) -> Change? {
    if line.kind(0) == .import, line.count > 1, line.kind(1) != .stringOpen {
      return importing(line)
    }
    for call in line.calls {
      guard call.builtin != nil else { continue }
      if let change = call.isParenthesised ? inside(line, call) : bare(line, call) { return change }
    }
    return nil
  }

  private static func importing(_ line: FaultyLine) -> Change? {
    let name = line.text(1..<line.operandEnd(1))
    let file = name.hasSuffix(".probe") ? name : name + ".probe"
    return Change(
      [line.edit(1..<line.operandEnd(1), "\"\(file)\"")], "a file's name stands in quotes",
      at: line.tokens[1].span)
  }

  /// `load(tiny-lm)`.
  private static func inside(_ line: FaultyLine, _ call: FaultyCall) -> Change? {
    guard let taker = call.takers.first, taker.takesText, !call.arguments.isEmpty,
      line.operandEnd(call.arguments.lowerBound) >= call.arguments.upperBound,
      isBare(line, call.arguments)
    else { return nil }
    return quoted(line, call.arguments)
  }

  private static func bare(_ line: FaultyLine, _ call: FaultyCall) -> Change? {
    let operands = line.positionalOperands(of: call)
    let takers = call.takers
    var edits: [Edit] = []
    var spot: Span?
    for (place, operand) in operands.enumerated() where isBare(line, operand) {
      guard
        let taker = place < takers.count ? takers[place] : takers.last(where: { $0.role == .rest }),
        taker.takesText
      else {
        if place > 0, takers.first?.kind.contains("prompt") == true {
          return wholeText(line, operands)
        }
        return nil
      }
      edits += quoted(line, operand).edits
      spot = spot ?? Span(line.tokens[operand.lowerBound].start, line.end(operand))
    }
    if operands.count > takers.count, takers.first?.kind.contains("prompt") == true,
      !edits.isEmpty
    {
      return wholeText(line, operands)
    }
    return edits.isEmpty ? nil : Change(edits, "a text stands in quotes", at: spot)
  }

  /// All operands as one text: `predict the cat sat`.
  private static func wholeText(_ line: FaultyLine, _ operands: [Range<Int>]) -> Change? {
    guard let first = operands.first, let last = operands.last,
      operands.allSatisfy({ isBare(line, $0) || line.kind($0.lowerBound).isWordlike })
    else { return nil }
    return quoted(line, first.lowerBound..<last.upperBound)
  }

  private static func quoted(_ line: FaultyLine, _ range: Range<Int>) -> Change {
    let text = line.text(range).replacing("\\", with: "\\\\")
    return Change(
      [line.edit(range, "\"\(text)\"")], "a text stands in quotes",
      at: Span(line.tokens[range.lowerBound].start, line.end(range)))
  }

  /// Whether a run of tokens looks like a name of something outside, and means nothing as code.
  private static func isBare(_ line: FaultyLine, _ range: Range<Int>) -> Bool {
    let allowed: Set<Token.Kind> = [
      .word, .number, .minus, .dot, .dots, .slash, .colon, .invalid, .at,
    ]
    return range.allSatisfy { allowed.contains(line.kind($0)) || line.kind($0).isWordlike }
      && range.contains { line.isUnknown($0) }
  }
}

extension ParameterInfo {
  /// Whether a text can be given for it.
  fileprivate var takesText: Bool {
    ["string", "prompt", "model", "file", "token", "corpus", "name", "value"].contains {
      kind.contains($0)
    }
  }
}
