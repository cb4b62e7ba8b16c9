import Foundation

extension Evaluator {
  func sign(_ node: SignNode, _ frame: Frame) throws(Stop) -> Value {
    let negative = try negated(try evaluate(node.operand, frame), node.span, frame)
    return node.count % 2 == 1 ? negative : try negated(negative, node.span, frame)
  }

  private func negated(_ value: Value, _ span: Span, _ frame: Frame) throws(Stop) -> Value {
    switch value {
    case .number(let number): return .number(-number)
    case .tensor(let tensor): return .tensor(tensor.mapping { -$0 })
    default:
      throw failure(
        "wrong-type", "`-` takes a number, not \(value.kindWithArticle)", span, frame)
    }
  }

  func power(_ node: PowerNode, _ frame: Frame) throws(Stop) -> Value {
    var values: [Value] = []
    for operand in node.operands { values.append(try evaluate(operand.value, frame)) }
    var result = values[values.count - 1]
    for place in node.operands.indices.reversed() {
      if place < node.operands.count - 1 {
        let spans = (node.operands[place].value.span, node.operands[place + 1].value.span)
        result = try combine(.power, values[place], result, node.span, spans, frame)
      }
      if node.operands[place].signs % 2 == 1 {
        result = try negated(result, node.operands[place].value.span, frame)
      }
    }
    return result
  }

  func chain(_ node: ChainNode, _ frame: Frame) throws(Stop) -> Value {
    var value = try evaluate(node.first, frame)
    for (place, step) in node.rest.enumerated() {
      let right = try evaluate(step.operand, frame)
      if case .number(let a) = value, case .number(let b) = right {
        value = .number(Self.compute(step.operation, a, b))
      } else {
        if place & 0xFF == 0xFF { try checkInterruption(step.span, frame) }
        let left = Span(node.first.span.start, node.rest[max(0, place - 1)].operand.span.end)
        let spans = (place == 0 ? node.first.span : left, step.operand.span)
        value = try combine(step.operation, value, right, step.span, spans, frame)
      }
    }
    return value
  }

  static func compute(_ operation: Arithmetic, _ a: Double, _ b: Double) -> Double {
    switch operation {
    case .add: a + b
    case .subtract: a - b
    case .multiply: a * b
    case .divide: a / b
    case .remainder: remainder(a, b)
    case .power: pow(a, b)
    }
  }

  /// The remainder with the sign of the divisor: `-1 % 3` is 2.
  private static func remainder(_ a: Double, _ b: Double) -> Double {
    let rest = fmod(a, b)
    return rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest
  }

  private func combine(
    _ operation: Arithmetic, _ left: Value, _ right: Value, _ span: Span, _ spans: (Span, Span),
    _ frame: Frame
  ) throws(Stop) -> Value {
    let result = try hosted(span, frame) { () throws(Failure) in
      try combined(operation, left, right)
    }
    if let result { return try checked(result, span, frame) }
    let symbol = operation.rawValue
    let labels = [(spans.0, left), (spans.1, right)].map { place, value in
      Diagnostic.Label(
        Location(frame.source, place), "this is \(value.text(limit: 40))", isPrimary: false)
    }
    var help: String?
    switch (operation, left, right) {
    case (.add, .string, _), (.add, _, .string): help = "`{…}` in a text puts a value into it"
    case (_, .null, _), (_, _, .null): help = "null stands for nothing and cannot be computed with"
    default: break
    }
    throw .raised(
      Raised(
        Diagnostic(
          "wrong-type",
          "`\(symbol)` cannot combine \(left.kindWithArticle) and \(right.kindWithArticle)",
          labels: [.init(Location(frame.source, span), "")] + labels, help: help)))
  }

  /// The result of an operation; nil when there is none for such values.
  private func combined(
    _ operation: Arithmetic, _ left: Value, _ right: Value
  ) throws(Failure) -> Value? {
    switch (left, right) {
    case (.number(let a), .number(let b)): return .number(Self.compute(operation, a, b))
    case (.tensor(let a), .number(let b)):
      return .tensor(a.mapping { Self.compute(operation, $0, b) })
    case (.number(let a), .tensor(let b)):
      return .tensor(b.mapping { Self.compute(operation, a, $0) })
    case (.tensor(let a), .tensor(let b)):
      return .tensor(
        try a.combining(b, interruption: interruption) { Self.compute(operation, $0, $1) })
    case (.string(let a), .string(let b)) where operation == .add:
      try Self.checkSize(a.utf8.count + b.utf8.count, most: Value.longestText, "text")
      return .string(a + b)
    case (.list(let a), .list(let b)) where operation == .add:
      try Self.checkSize(a.count + b.count, most: 50_000_000, "list")
      var joined: [Value] = []
      joined.reserveCapacity(a.count + b.count)
      // Each element that is taken over is counted once more, which takes its time.
      for list in [a, b] {
        for start in stride(from: 0, to: list.count, by: 1 << 16) {
          try interruption.check()
          joined += list.elements[start..<min(start + 1 << 16, list.count)]
        }
      }
      return .list(List(joined))
    case (.record(let a), .record(let b)) where operation == .add:
      return .record(Record(a.fields + b.fields))
    default: break
    }
    if case .host(let host) = left,
      let result = try host.combined(operation.rawValue, with: right, isReversed: false)
    {
      return result
    }
    if case .host(let host) = right {
      return try host.combined(operation.rawValue, with: left, isReversed: true)
    }
    return nil
  }

  private static func checkSize(_ size: Int, most: Int, _ what: String) throws(Failure) {
    if size > most { throw Failure("too-large", "the \(what) would be too large") }
  }

  func range(_ node: RangeNode, _ frame: Frame) throws(Stop) -> Value {
    let ends = (try evaluate(node.start, frame), try evaluate(node.end, frame))
    var places: [Int] = []
    for (value, span) in [(ends.0, node.start.span), (ends.1, node.end.span)] {
      guard case .number(let number) = value, let place = number.exactInteger
      else {
        throw failure(
          "bad-range", "a range goes between whole numbers", span, frame,
          label: "this is \(value.text(limit: 40))")
      }
      places.append(place)
    }
    return .range(NumberRange(places[0], places[1]))
  }
}
