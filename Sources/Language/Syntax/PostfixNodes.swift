/// `base.name`.
final class FieldNode: SyntaxNode {
  let base: Expression
  let name: String
  let nameSpan: Span
  let span: Span

  init(_ base: Expression, _ name: String, nameSpan: Span) {
    self.base = base
    self.name = name
    self.nameSpan = nameSpan
    span = base.span.joined(with: nameSpan)
  }
}

/// `base[index]`, with the names of axes where they are given.
final class IndexNode: SyntaxNode {
  let base: Expression
  let picks: [(axis: String?, index: Expression)]
  let span: Span

  init(_ base: Expression, _ picks: [(axis: String?, index: Expression)], _ span: Span) {
    self.base = base
    self.picks = picks
    self.span = span
  }
}

/// `base@position`.
final class NarrowNode: SyntaxNode {
  let base: Expression
  let position: PositionNode
  let span: Span

  init(_ base: Expression, _ position: PositionNode) {
    self.base = base
    self.position = position
    span = base.span.joined(with: position.span)
  }
}

/// An argument in a call.
struct ArgumentSyntax: Sendable {
  let name: String?
  let nameSpan: Span?
  let value: Expression

  var span: Span { nameSpan.map { $0.joined(with: value.span) } ?? value.span }
}

/// `callee(a, name: b)` or `callee a name: b`.
final class CallNode: SyntaxNode {
  let callee: Expression
  let arguments: [ArgumentSyntax]
  /// Whether it is written without parentheses.
  let isCommand: Bool
  let span: Span

  init(_ callee: Expression, _ arguments: [ArgumentSyntax], isCommand: Bool, _ span: Span) {
    self.callee = callee
    self.arguments = arguments
    self.isCommand = isCommand
    self.span = span
  }
}
