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
      try go(through: record.fields, record.fields.count, node, frame) { field in
        bind(variables[0], .string(field.0), frame)
        bind(variables[1], field.1, frame)
      }
      return
    }
    func take(_ value: Value) { bind(variables[0], value, frame) }
    switch values {
    case .range(let range):
      if range.count == 0 { return }
      try go(through: range.start...range.end, range.count, node, frame) {
        take(.number(Double($0)))
      }
    case .table(let table):
      try go(through: 0..<table.rowCount, table.rowCount, node, frame) {
        take(.record(table.row($0)))
      }
    default:
      let all = try elements(of: values, node.values.span, frame)
      try go(through: all, all.count, node, frame, take)
    }
  }

  /// Runs a loop's body for each item, and says how far the outermost loop of a source has come.
  private func go<Items: Sequence>(
    through items: Items, _ count: Int, _ node: LoopNode, _ frame: Frame,
    _ bindItem: (Items.Element) -> Void
  ) throws(Stop) {
    let isOutermost = loopDepth == 0
    loopDepth += 1
    defer { loopDepth -= 1 }
    var done = 0
    for item in items {
      bindItem(item)
      if try !turn(node, frame) { break }
      done += 1
      if isOutermost { output.progress(done, of: count, "for") }
    }
    if isOutermost { output.progress(count, of: count, "for") }
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
