extension Evaluator {
  func evaluate(_ expression: Expression, _ frame: Frame) throws(Stop) -> Value {
    switch expression {
    case .literal(let node): node.value
    case .text(let node): .string(try text(node, frame))
    case .name(let node): try value(of: node, frame)
    case .list(let node): try list(node, frame)
    case .record(let node): try record(node, frame)
    case .function(let node):
      .function(FunctionValue("block", .closure(makeClosure(node, frame))))
    case .address(let node): try address(node, frame)
    case .position(let node): try position(node, frame)
    case .group(let node): try evaluate(node.inner, frame)
    case .field(let node): try field(node, frame)
    case .index(let node): try index(node, frame)
    case .call(let node): try call(node, piped: nil, frame)
    case .narrow(let node): try narrow(node, frame)
    case .sign(let node): try sign(node, frame)
    case .not(let node):
      .bool(try condition(node.operand, frame, "`not`") == (node.count % 2 == 0))
    case .power(let node): try power(node, frame)
    case .chain(let node): try chain(node, frame)
    case .range(let node): try range(node, frame)
    case .comparison(let node):
      try compare(
        node, try evaluate(node.left, frame), try evaluate(node.right, frame), frame)
    case .logic(let node): .bool(try logic(node, frame))
    case .pipeline(let node): try pipeline(node, frame)
    case .condition(let node): try condition(node, frame)
    case .with(let node): try with(node, frame)
    case .attempt(let node): try attempt(node, frame)
    }
  }

  private func value(of node: NameNode, _ frame: Frame) throws(Stop) -> Value {
    switch node.binding {
    case .local(let variable):
      if !variable.isCaptured { return frame.values[variable.slot] }
      if let value = frame.cells[variable.slot]?.value { return value }
    case .captured(let place):
      if let value = frame.captures[place].value { return value }
    case .session(let cell, _):
      if let value = cell.value { return value }
    case .builtin(let builtin): return .function(FunctionValue(builtin))
    case .constant(let value): return value
    case .lastShown:
      if let value = session.lastShown { return value }
      throw failure("nothing-shown", "nothing has been shown yet", node.span, frame)
    case .unresolved: break
    }
    throw failure(
      "used-before-definition", "`\(node.name)` is used before it is bound", node.span, frame)
  }

  func text(_ node: TextNode, _ frame: Frame) throws(Stop) -> String {
    var text = ""
    for part in node.parts {
      switch part {
      case .text(let piece): text += piece
      case .code(let code): text += try evaluate(code, frame).plainText
      }
    }
    return text
  }

  private func list(_ node: ListNode, _ frame: Frame) throws(Stop) -> Value {
    var elements: [Value] = []
    elements.reserveCapacity(node.elements.count)
    for element in node.elements { elements.append(try evaluate(element, frame)) }
    return try checked(.list(List(elements)), node.span, frame)
  }

  private func record(_ node: RecordNode, _ frame: Frame) throws(Stop) -> Value {
    var fields: [(String, Value)] = []
    fields.reserveCapacity(node.fields.count)
    for field in node.fields {
      fields.append((try text(field.name, frame), try evaluate(field.value, frame)))
    }
    return try checked(.record(Record(fields)), node.span, frame)
  }

  private func logic(_ node: LogicNode, _ frame: Frame) throws(Stop) -> Bool {
    for operand in node.operands {
      let holds = try condition(operand, frame, node.isAnd ? "`and`" : "`or`")
      if holds != node.isAnd { return holds }
    }
    return node.isAnd
  }

  private func condition(_ node: ConditionNode, _ frame: Frame) throws(Stop) -> Value {
    for branch in node.branches where try condition(branch.condition, frame, "`if`") {
      return try execute(branch.body, frame)
    }
    if let otherwise = node.otherwise { return try execute(otherwise, frame) }
    return .null
  }

  private func attempt(_ node: AttemptNode, _ frame: Frame) throws(Stop) -> Value {
    do throws(Stop) {
      return try execute(node.body, frame)
    } catch {
      guard case .raised(let raised) = error,
        raised.diagnostic.code != Diagnostic.interruptedCode
      else { throw error }
      bind(node.variable, .error(ErrorValue(raised.diagnostic)), frame)
    }
    return try execute(node.handler, frame)
  }
}
