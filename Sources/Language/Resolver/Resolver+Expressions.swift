extension Resolver {
  mutating func resolve(_ expression: Expression) {
    switch expression {
    case .literal: break
    case .text(let node): resolve(node)
    case .name(let node): resolve(node)
    case .list(let node): resolve(node.elements)
    case .record(let node):
      for field in node.fields {
        resolve(field.name)
        resolve(field.value)
      }
    case .function(let node): resolve(node)
    case .address(let node):
      for piece in node.pieces { if let selector = piece.selector { resolve(selector) } }
    case .position(let node): resolve(node.selector)
    case .group(let node): resolve(node.inner)
    case .field(let node): resolve(node.base)
    case .index(let node):
      resolve(node.base)
      for pick in node.picks { resolve(pick.index) }
    case .call(let node):
      resolve(node.callee)
      let word = takenWord(of: node)
      for (index, argument) in node.arguments.enumerated() where index != word {
        resolve(argument.value)
      }
      if checksCalls { check(node) }
    case .narrow(let node):
      resolve(node.base)
      resolve(node.position.selector)
    case .sign(let node): resolve(node.operand)
    case .not(let node): resolve(node.operand)
    case .power(let node): for operand in node.operands { resolve(operand.value) }
    case .chain(let node):
      resolve(node.first)
      for step in node.rest { resolve(step.operand) }
    case .range(let node): resolve([node.start, node.end])
    case .comparison(let node): resolve([node.left, node.right])
    case .logic(let node): resolve(node.operands)
    case .pipeline(let node):
      resolve(node.first)
      for case .call(let call) in node.stages { pipedCalls.insert(ObjectIdentifier(call)) }
      resolve(node.stages)
    case .condition(let node):
      for branch in node.branches {
        resolve(branch.condition)
        resolve(branch.body)
      }
      if let otherwise = node.otherwise { resolve(otherwise) }
    case .with(let node):
      resolve(node.heads)
      resolve(node.body)
    case .attempt(let node):
      resolve(node.body)
      resolve(node.handler, binding: [node.variable])
    }
  }

  /// The argument that the called command takes as it stands: `help let`, `report attention p`.
  private func takenWord(of node: CallNode) -> Int? {
    guard node.isCommand, case .name(let callee) = node.callee,
      case .builtin(let builtin) = callee.binding, builtin.takesWord,
      let place = node.arguments.firstIndex(where: { $0.name == nil }),
      case .name(let word) = node.arguments[place].value
    else { return nil }
    word.binding = .constant(.string(word.name))
    return place
  }

  private mutating func resolve(_ expressions: [Expression]) {
    for expression in expressions { resolve(expression) }
  }

  private mutating func resolve(_ node: TextNode) {
    for case .code(let code) in node.parts { resolve(code) }
  }

  private mutating func resolve(_ selector: SelectorSyntax) {
    switch selector {
    case .fixed: break
    case .text(let text): resolve(text)
    case .list(let elements): resolve(elements)
    case .code(let code): resolve(code)
    }
  }
}
