extension Resolver {
  mutating func resolve(_ statement: Statement) {
    switch statement {
    case .expression(let node):
      if case .name(let name) = node.expression {
        guard let (binding, isCommand) = find(name) else { return }
        name.binding = binding
        node.callsCommand = isCommand
      } else {
        resolve(node.expression)
      }
    case .binding(let node):
      resolve(node.value)
      warnOfCommand(node)
      declare(node.variable)
    case .assignment(let node): resolve(node)
    case .function(let node):
      if node.variable.cell == nil && node.variable.slot < 0 { declare(node.variable) }
      if node.variable.cell != nil { declared[node.variable.name] = true }
      resolve(node.function)
    case .loop(let node):
      resolve(node.values)
      context.loopDepth += 1
      resolve(node.body, binding: node.variables)
      context.loopDepth -= 1
    case .whileLoop(let node):
      resolve(node.condition)
      context.loopDepth += 1
      resolve(node.body)
      context.loopDepth -= 1
    case .leave(let node):
      if context.loopDepth == 0 {
        complain(
          "outside-loop", "`\(node.isBreak ? "break" : "continue")` stands in no loop", node.span,
          help: context.outer == nil ? nil : "a block or function is left with `return`")
      }
    case .give(let node):
      if !context.isInsideFunction {
        complain(
          "outside-function", "`return` stands in no function", node.span,
          help: "the last line of a block is its value")
      }
      if let value = node.value { resolve(value) }
    case .assertion(let node):
      resolve(node.condition)
      if let message = node.message { resolve(message) }
    case .module(let node):
      if node.variable.cell == nil {
        complain(
          "nested-import", "`import` stands only at the top level of a file or an entry", node.span)
      }
    }
  }

  private func declare(_ variable: Variable) {
    if variable.cell == nil { context.declare(variable) }
  }

  /// `let h = heads` binds the command itself, which is seldom meant when it needs no arguments.
  private mutating func warnOfCommand(_ node: LetNode) {
    guard case .name(let name) = node.value, case .builtin(let builtin) = name.binding,
      !builtin.parameters.contains(where: \.isRequired)
    else { return }
    warnings.append(
      Diagnostic(
        "command-as-value", "`\(node.variable.name)` becomes the command `\(builtin.name)` itself",
        severity: .warning, labels: [.init(Location(source, name.span), "it is not called")],
        help: "let \(node.variable.name) = \(builtin.name)()"))
  }

  /// Resolves the statements between braces, with names that are bound before them.
  mutating func resolve(_ body: Body, binding variables: [Variable] = []) {
    context.scopes.append([:])
    for variable in variables { context.declare(variable) }
    for case .function(let node) in body.statements where node.variable.slot < 0 {
      context.declare(node.variable)
    }
    for statement in body.statements { resolve(statement) }
    body.hoisted = body.statements.compactMap { statement in
      guard case .function(let node) = statement, node.variable.isCaptured else { return nil }
      return node.variable
    }
    context.scopes.removeLast()
  }

  mutating func resolve(_ node: FunctionNode) {
    let outer = context
    context = FunctionScope(node, outer: outer)
    context.scopes.append([:])
    for parameter in node.parameters {
      if let fallback = parameter.fallback { resolve(fallback) }
      context.declare(parameter.variable)
    }
    resolve(node.body)
    node.slotCount = context.slotCount
    node.captures = context.captures
    node.needsCells = context.needsCells
    context = outer
  }
}
