/// A statement.
enum Statement: Sendable {
  case expression(ExpressionStatement)
  case binding(LetNode)
  case assignment(AssignNode)
  case function(DeclarationNode)
  case loop(LoopNode)
  case whileLoop(WhileNode)
  case leave(LeaveNode)
  case give(ReturnNode)
  case assertion(AssertNode)
  case module(ImportNode)

  var span: Span { node.span }

  var node: any SyntaxNode {
    switch self {
    case .expression(let node): node
    case .binding(let node): node
    case .assignment(let node): node
    case .function(let node): node
    case .loop(let node): node
    case .whileLoop(let node): node
    case .leave(let node): node
    case .give(let node): node
    case .assertion(let node): node
    case .module(let node): node
    }
  }
}

/// An expression that stands by itself.
final class ExpressionStatement: SyntaxNode, @unchecked Sendable {
  let expression: Expression
  /// Whether a `;` right behind it keeps it quiet.
  let isQuiet: Bool
  /// Written once by the resolver: whether it is the name of a command, alone, which is called.
  var callsCommand = false

  init(_ expression: Expression, isQuiet: Bool) {
    self.expression = expression
    self.isQuiet = isQuiet
  }

  var span: Span { expression.span }
}

/// `let name = value`.
final class LetNode: SyntaxNode {
  let variable: Variable
  let value: Expression
  let span: Span

  init(_ variable: Variable, _ value: Expression, _ span: Span) {
    self.variable = variable
    self.value = value
    self.span = span
  }
}

/// `name = value`.
final class AssignNode: SyntaxNode {
  let name: NameNode
  let value: Expression
  let span: Span

  init(_ name: NameNode, _ value: Expression, _ span: Span) {
    self.name = name
    self.value = value
    self.span = span
  }
}

/// `fn name(…) { }`.
final class DeclarationNode: SyntaxNode {
  let variable: Variable
  let function: FunctionNode
  var span: Span { function.span }

  init(_ variable: Variable, _ function: FunctionNode) {
    self.variable = variable
    self.function = function
  }
}

/// `for x in values { }`, `for key, value in record { }`.
final class LoopNode: SyntaxNode {
  let variables: [Variable]
  let values: Expression
  let body: Body
  let span: Span

  init(_ variables: [Variable], _ values: Expression, _ body: Body, _ span: Span) {
    self.variables = variables
    self.values = values
    self.body = body
    self.span = span
  }
}

/// `while condition { }`.
final class WhileNode: SyntaxNode {
  let condition: Expression
  let body: Body
  let span: Span

  init(_ condition: Expression, _ body: Body, _ span: Span) {
    self.condition = condition
    self.body = body
    self.span = span
  }
}

/// `break` or `continue`.
final class LeaveNode: SyntaxNode {
  let isBreak: Bool
  let span: Span

  init(isBreak: Bool, _ span: Span) {
    self.isBreak = isBreak
    self.span = span
  }
}

/// `return` or `return value`.
final class ReturnNode: SyntaxNode {
  let value: Expression?
  let span: Span

  init(_ value: Expression?, _ span: Span) {
    self.value = value
    self.span = span
  }
}

/// `assert condition "message"`.
final class AssertNode: SyntaxNode {
  let condition: Expression
  let message: Expression?
  let span: Span

  init(_ condition: Expression, _ message: Expression?, _ span: Span) {
    self.condition = condition
    self.message = message
    self.span = span
  }
}

/// `import "file.probe"`.
final class ImportNode: SyntaxNode {
  let path: String
  let variable: Variable
  let span: Span

  init(_ path: String, _ variable: Variable, _ span: Span) {
    self.path = path
    self.variable = variable
    self.span = span
  }
}
