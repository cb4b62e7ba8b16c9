extension Evaluator {
  /// Runs a statement; the value is that of an expression statement, else null.
  func execute(_ statement: Statement, _ frame: Frame) throws(Stop) -> Value {
    switch statement {
    case .expression(let node):
      let value = try evaluate(node.expression, frame)
      if node.callsCommand, let function = value.function {
        return try call(function, Arguments(), node.span, frame)
      }
      return value
    case .binding(let node):
      bind(node.variable, try evaluate(node.value, frame), frame)
    case .assignment(let node): try assign(node, frame)
    case .function(let node):
      let closure = makeClosure(node.function, frame)
      let function = FunctionValue(node.function.name, .closure(closure))
      if node.variable.isCaptured, let cell = frame.cells[node.variable.slot] {
        session.write(.function(function), to: cell)
      } else {
        bind(node.variable, .function(function), frame)
      }
    case .loop(let node): try run(node, frame)
    case .whileLoop(let node): try run(node, frame)
    case .leave(let node): throw node.isBreak ? .breaking : .continuing
    case .give(let node): try give(node, frame)
    case .assertion(let node): try check(node, frame)
    case .module(let node): try load(node, frame)
    }
    return .null
  }

  /// Runs the statements between braces; the value is that of the last.
  func execute(_ body: Body, _ frame: Frame) throws(Stop) -> Value {
    for variable in body.hoisted { frame.cells[variable.slot] = Cell(nil, entry: session.entry) }
    var value = Value.null
    for statement in body.statements { value = try execute(statement, frame) }
    return value
  }

  /// Binds a variable anew: a function made earlier keeps the one that it found.
  func bind(_ variable: Variable, _ value: Value, _ frame: Frame) {
    if let cell = variable.cell {
      session.write(value, to: cell)
    } else if variable.isCaptured {
      frame.cells[variable.slot] = Cell(value, entry: session.entry)
    } else {
      frame.values[variable.slot] = value
    }
  }

  private func assign(_ node: AssignNode, _ frame: Frame) throws(Stop) {
    let value = try evaluate(node.value, frame)
    switch node.name.binding {
    case .local(let variable):
      if variable.isCaptured {
        if let cell = frame.cells[variable.slot] { session.write(value, to: cell) }
      } else {
        frame.values[variable.slot] = value
      }
    case .captured(let place): session.write(value, to: frame.captures[place])
    case .session(let cell, _): session.write(value, to: cell)
    default: break
    }
  }

  private func give(_ node: ReturnNode, _ frame: Frame) throws(Stop) {
    let value: Value = if let given = node.value { try evaluate(given, frame) } else { .null }
    guard let home = frame.returnTarget, !home.isFinished else {
      throw failure(
        "returned-already", "the function that `return` would leave is over", node.span, frame,
        help: "the last line of a block is its value")
    }
    throw .returning(Unwinding(home: home, value: value))
  }

  func makeClosure(_ node: FunctionNode, _ frame: Frame) -> Closure {
    let captures = node.captures.map { capture in
      switch capture {
      case .captured(let place): frame.captures[place]
      case .local(let variable): cell(of: variable, frame)
      }
    }
    return Closure(
      node, captures: captures, home: node.form == .named ? nil : frame.returnTarget,
      reaper: reaper)
  }

  private func cell(of variable: Variable, _ frame: Frame) -> Cell {
    if let cell = frame.cells[variable.slot] { return cell }
    let cell = Cell(nil, entry: session.entry)
    frame.cells[variable.slot] = cell
    return cell
  }
}
