extension Evaluator {
  func address(_ node: AddressNode, _ frame: Frame) throws(Stop) -> Value {
    var pieces: [AddressPiece] = []
    for piece in node.pieces {
      var selector: Selector?
      if let syntax = piece.selector { selector = try self.selector(syntax, frame) }
      pieces.append(AddressPiece(piece.word, selector))
    }
    return try hosted(node.span, frame) { () throws(Failure) in
      try host.address(side: node.side, pieces: pieces)
    }
  }

  func position(_ node: PositionNode, _ frame: Frame) throws(Stop) -> Value {
    var pick: PositionPick
    switch node.selector {
    case .text(let text): pick = .text(try self.text(text, frame))
    case .code(let code):
      let value = try evaluate(code, frame)
      if case .string(let text) = value {
        pick = .text(text)
      } else if let values = Self.hosted(value) {
        pick = .values(values)
      } else {
        pick = .places(try selector(value, code.span, frame))
      }
    case .list(let elements):
      var values: [Value] = []
      for element in elements { values.append(try evaluate(element, frame)) }
      let isHosted = values.contains { Self.hosted($0) != nil }
      pick =
        isHosted ? .values(values) : .places(try selector(node.selector, frame))
    default: pick = .places(try selector(node.selector, frame))
    }
    return try hosted(node.span, frame) { () throws(Failure) in try host.position(pick) }
  }

  /// A value of the host's, or a list with such in it.
  private static func hosted(_ value: Value) -> [Value]? {
    switch value {
    case .host: return [value]
    case .list(let list):
      let hasHosted = list.contains { if case .host = $0 { true } else { false } }
      return hasHosted ? list.elements : nil
    default: return nil
    }
  }

  private func selector(_ syntax: SelectorSyntax, _ frame: Frame) throws(Stop) -> Selector {
    switch syntax {
    case .fixed(let selector): return selector
    case .text(let text):
      throw failure("wrong-type", "a text cannot select here", text.span, frame)
    case .code(let code): return try selector(try evaluate(code, frame), code.span, frame)
    case .list(let elements):
      var places: [Int] = []
      for element in elements {
        switch try selector(try evaluate(element, frame), element.span, frame) {
        case .one(let place): places.append(place)
        case .list(let more): places += more
        case .range(let low?, let high?) where low >= 0 && high - low < 1 << 20:
          places += high < low ? [] : Array(low...high)
        default:
          throw failure(
            "wrong-type", "a list of places is made of whole numbers and ranges", element.span,
            frame)
        }
      }
      return .list(places)
    }
  }

  private func selector(_ value: Value, _ span: Span, _ frame: Frame) throws(Stop) -> Selector {
    switch value {
    case .number(let number):
      if let place = number.exactInteger { return .one(place) }
    case .range(let range): return .range(range.start, range.end)
    case .list(let list):
      var places: [Int] = []
      for case .number(let number) in list {
        if let place = number.exactInteger { places.append(place) }
      }
      if places.count == list.count, !places.isEmpty { return .list(places) }
    default: break
    }
    throw failure(
      "wrong-type", "a whole number, a range or a list of numbers selects here", span, frame,
      label: "this is \(value.text(limit: 40))")
  }
}
