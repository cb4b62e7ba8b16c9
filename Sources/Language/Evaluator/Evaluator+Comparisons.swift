extension Evaluator {
  func compare(
    _ node: ComparisonNode, _ left: Value, _ right: Value, _ frame: Frame
  ) throws(Stop) -> Value {
    switch node.comparison {
    case .equal, .unequal:
      let areEqual = left == right
      try checkInterruption(node.span, frame)
      return .bool(areEqual == (node.comparison == .equal))
    case .contained: return .bool(try contains(right, left, node, frame))
    default: break
    }
    switch (left, right) {
    case (.number(let a), .number(let b)): return .bool(Self.holds(node.comparison, a, b))
    case (.string(let a), .string(let b)): return .bool(Self.holds(node.comparison, a, b))
    default: break
    }
    let symbol = node.comparison.rawValue
    let result = try hosted(node.span, frame) { () throws(Failure) -> Value? in
      if case .host(let host) = left,
        let result = try host.combined(symbol, with: right, isReversed: false)
      {
        return result
      }
      guard case .host(let host) = right else { return nil }
      return try host.combined(symbol, with: left, isReversed: true)
    }
    if let result { return result }
    throw .raised(
      Raised(
        Diagnostic(
          "wrong-type",
          "`\(symbol)` compares two numbers or two texts, not \(left.kindWithArticle) and"
            + " \(right.kindWithArticle)",
          labels: [
            label(node.left.span, left, frame, isPrimary: true),
            label(node.right.span, right, frame, isPrimary: false),
          ])))
  }

  func label(_ span: Span, _ value: Value, _ frame: Frame, isPrimary: Bool) -> Diagnostic.Label {
    .init(
      Location(frame.source, span), "this is \(value.text(limit: 40))", isPrimary: isPrimary)
  }

  private static func holds<T: Comparable>(_ comparison: Comparison, _ a: T, _ b: T) -> Bool {
    switch comparison {
    case .less: a < b
    case .lessEqual: a <= b
    case .greater: a > b
    case .greaterEqual: a >= b
    case .equal, .contained: a == b
    case .unequal: a != b
    }
  }

  private func contains(
    _ container: Value, _ value: Value, _ node: ComparisonNode, _ frame: Frame
  ) throws(Stop) -> Bool {
    switch (container, value) {
    case (.list(let list), _):
      for (place, element) in list.enumerated() {
        if element == value { return true }
        if place & 0xFFF == 0xFFF { try checkInterruption(node.span, frame) }
      }
      try checkInterruption(node.span, frame)
      return false
    case (.range(let range), .number(let number)): return range.contains(number)
    case (.range, _): return false
    case (.string(let text), .string(let part)):
      return try hosted(node.span, frame) { () throws(Failure) in
        try TextSearch(part).isFound(in: text, interruption)
      }
    case (.record(let record), .string(let name)): return record[name] != nil
    case (.table(let table), .record(let row)):
      for place in 0..<table.rowCount {
        if .record(table.row(place)) == Value.record(row) { return true }
        if place & 0xFF == 0xFF { try checkInterruption(node.span, frame) }
      }
      return false
    case (.host(let host), _):
      let result = try hosted(node.span, frame) { () throws(Failure) in
        try host.combined("in", with: value, isReversed: true)
      }
      if case .bool(let flag)? = result { return flag }
    default: break
    }
    throw .raised(
      Raised(
        Diagnostic(
          "wrong-type",
          "`in` cannot look for \(value.kindWithArticle) in \(container.kindWithArticle)",
          labels: [
            label(node.right.span, container, frame, isPrimary: true),
            label(node.left.span, value, frame, isPrimary: false),
          ])))
  }
}
