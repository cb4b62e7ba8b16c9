/// The statements between braces, or of a whole source.
final class Body: SyntaxNode, @unchecked Sendable {
  let statements: [Statement]
  let span: Span
  /// Written once by the resolver: functions declared here whose cells must be there from the
  /// start, because others that stand before them use them.
  var hoisted: [Variable] = []

  init(_ statements: [Statement], _ span: Span) {
    self.statements = statements
    self.span = span
  }
}

/// `if a { } else if b { } else { }`.
final class ConditionNode: SyntaxNode {
  let branches: [(condition: Expression, body: Body)]
  let otherwise: Body?
  let span: Span

  init(_ branches: [(condition: Expression, body: Body)], otherwise: Body?, _ span: Span) {
    self.branches = branches
    self.otherwise = otherwise
    self.span = span
  }
}

/// `with a, b { }`.
final class WithNode: SyntaxNode {
  let heads: [Expression]
  let body: Body
  let span: Span

  init(_ heads: [Expression], _ body: Body, _ span: Span) {
    self.heads = heads
    self.body = body
    self.span = span
  }
}

/// `try { } catch e { }`.
final class AttemptNode: SyntaxNode {
  let body: Body
  let variable: Variable
  let handler: Body
  let span: Span

  init(_ body: Body, _ variable: Variable, _ handler: Body, _ span: Span) {
    self.body = body
    self.variable = variable
    self.handler = handler
    self.span = span
  }
}

/// A function or a block.
final class FunctionNode: SyntaxNode, @unchecked Sendable {
  struct Parameter: Sendable {
    let variable: Variable
    let fallback: Expression?
  }

  enum Form: Sendable {
    /// `fn name(…) { }`.
    case named
    /// `{ … }`, which takes `it`.
    case block
    /// `{ a, b => … }` or `{ => … }`.
    case blockWithParameters
  }

  let name: String
  let form: Form
  let parameters: [Parameter]
  /// The places of the parameters by their names.
  let places: [String: Int]
  let body: Body
  let source: Source
  let span: Span
  let documentation: String
  /// Written once by the resolver: how many places a call needs, and what comes from outside.
  var slotCount = 0
  var captures: [Capture] = []
  /// Written once by the resolver: whether a call needs cells, for functions made inside.
  var needsCells = false

  init(
    _ name: String, _ form: Form, _ parameters: [Parameter], _ body: Body, _ source: Source,
    _ span: Span, documentation: String = ""
  ) {
    self.name = name
    self.form = form
    self.parameters = parameters
    places = Dictionary(
      parameters.enumerated().map { ($1.variable.name, $0) },
      uniquingKeysWith: { first, _ in first })
    self.body = body
    self.source = source
    self.span = span
    self.documentation = documentation
  }

  var location: Location { Location(source, span) }

  /// How it is called, as `f(a, b: 3)`.
  var signature: String {
    let list = parameters.map { parameter in
      parameter.fallback.map { "\(parameter.variable.name): \(source.text(of: $0.span))" }
        ?? parameter.variable.name
    }
    return "\(name)(\(list.joined(separator: ", ")))"
  }
}
