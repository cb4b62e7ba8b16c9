extension Evaluator {
  func run(_ node: WhileNode, _ frame: Frame) throws(Stop) {
    while try condition(node.condition, frame, "`while`") {
      try checkInterruption(node.condition.span, frame)
      if try !iterate(node.body, frame) { return }
    }
  }

  func run(_ node: LoopNode, _ frame: Frame) throws(Stop) {
    let values = try evaluate(node.values, frame)
    let variables = node.variables
    if variables.count == 2 {
      guard case .record(let record) = values else {
        throw failure(
          "wrong-type", "two loop variables go through a record, not \(values.kindWithArticle)",
          node.values.span, frame, help: "for \(variables[0].name) in …")
      }
      for (name, value) in record.fields {
        bind(variables[0], .string(name), frame)
        bind(variables[1], value, frame)
        if try !turn(node, frame) { return }
      }
      return
    }
    switch values {
    case .range(let range):
      if range.count == 0 { return }
      for number in range.start...range.end {
        bind(variables[0], .number(Double(number)), frame)
        if try !turn(node, frame) { return }
      }
    case .table(let table):
      for row in 0..<table.rowCount {
        bind(variables[0], .record(table.row(row)), frame)
        if try !turn(node, frame) { return }
      }
    default:
      for value in try elements(of: values, node.values.span, frame) {
        bind(variables[0], value, frame)
        if try !turn(node, frame) { return }
      }
    }
  }

  private func elements(of values: Value, _ span: Span, _ frame: Frame) throws(Stop) -> [Value] {
    switch values {
    case .list(let list): return list.elements
    case .tensor(let tensor) where !tensor.axes.isEmpty:
      var entries: [Value] = []
      do throws(Failure) {
        for index in 0..<tensor.axes[0].count {
          entries.append(try tensor.picking(.one(index), axis: 0).value)
        }
      } catch { throw stop(error, span, frame) }
      return entries
    case .host(let host):
      if let list = try hosted(span, frame, { () throws(Failure) in try host.field("elements") }),
        case .list(let elements) = list
      {
        return elements.elements
      }
    default: break
    }
    let help: String? =
      switch values {
      case .record: "for key, value in …"
      case .string: "`split` makes a list of a text"
      case .number: "for x in 1..n goes through numbers"
      case .function(let function): "\(function.name)() calls it"
      default: nil
      }
    throw failure(
      "wrong-type", "`for` cannot go through \(values.kindWithArticle)", span, frame, help: help)
  }

  private func turn(_ node: LoopNode, _ frame: Frame) throws(Stop) -> Bool {
    try checkInterruption(node.values.span, frame)
    return try iterate(node.body, frame)
  }

  /// Runs a loop's body once; false when `break` left the loop.
  private func iterate(_ body: Body, _ frame: Frame) throws(Stop) -> Bool {
    do throws(Stop) {
      _ = try execute(body, frame)
    } catch {
      switch error {
      case .breaking: return false
      case .continuing: break
      default: throw error
      }
    }
    return true
  }

  /// Evaluates a condition, which must be a boolean.
  func condition(
    _ expression: Expression, _ frame: Frame, _ place: String
  ) throws(Stop) -> Bool {
    let value = try evaluate(expression, frame)
    if case .bool(let flag) = value { return flag }
    throw failure(
      "wrong-type", "\(place) takes a boolean, not \(value.kindWithArticle)", expression.span,
      frame, label: "this is \(value.text(limit: 40))", help: Self.conditionHelp(value))
  }

  private static func conditionHelp(_ value: Value) -> String? {
    switch value {
    case .number: "compare it: `… != 0`"
    case .string: "compare it: `… != \"\"`"
    case .list, .table: "`len(…) > 0` asks whether there is anything"
    case .null: "compare it: `… != null`"
    default: nil
    }
  }

  /// Runs something of the host's and gives its failure a place.
  func hosted<T>(
    _ span: Span, _ frame: Frame, _ work: () throws(Failure) -> T
  ) throws(Stop) -> T {
    do throws(Failure) { return try work() } catch { throw stop(error, span, frame) }
  }
}
