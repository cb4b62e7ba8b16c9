/// `-a`, `--a`.
final class SignNode: SyntaxNode {
  let count: Int
  let operand: Expression
  let span: Span

  init(_ count: Int, _ operand: Expression, _ span: Span) {
    self.count = count
    self.operand = operand
    self.span = span
  }
}

/// `not a`, `not not a`.
final class NotNode: SyntaxNode {
  let count: Int
  let operand: Expression
  let span: Span

  init(_ count: Int, _ operand: Expression, _ span: Span) {
    self.count = count
    self.operand = operand
    self.span = span
  }
}

/// `a ** b ** -c`, taken from the right; a sign covers all that stands to its right.
final class PowerNode: SyntaxNode {
  struct Operand: Sendable {
    let signs: Int
    let value: Expression
  }

  let operands: [Operand]
  let span: Span

  init(_ operands: [Operand], _ span: Span) {
    self.operands = operands
    self.span = span
  }
}

/// `a + b - c` or `a * b / c`, taken from the left.
final class ChainNode: SyntaxNode {
  let first: Expression
  let rest: [(operation: Arithmetic, span: Span, operand: Expression)]
  let span: Span

  init(
    _ first: Expression, _ rest: [(operation: Arithmetic, span: Span, operand: Expression)],
    _ span: Span
  ) {
    self.first = first
    self.rest = rest
    self.span = span
  }
}

/// `a..b`.
final class RangeNode: SyntaxNode {
  let start: Expression
  let end: Expression
  let span: Span

  init(_ start: Expression, _ end: Expression) {
    self.start = start
    self.end = end
    span = start.span.joined(with: end.span)
  }
}

/// `a < b`.
final class ComparisonNode: SyntaxNode {
  let comparison: Comparison
  let left: Expression
  let right: Expression
  let span: Span

  init(_ comparison: Comparison, _ left: Expression, _ right: Expression) {
    self.comparison = comparison
    self.left = left
    self.right = right
    span = left.span.joined(with: right.span)
  }
}

/// `a and b and c` or `a or b or c`.
final class LogicNode: SyntaxNode {
  let isAnd: Bool
  let operands: [Expression]
  let span: Span

  init(isAnd: Bool, _ operands: [Expression], _ span: Span) {
    self.isAnd = isAnd
    self.operands = operands
    self.span = span
  }
}

/// `a | f x | g`.
final class PipelineNode: SyntaxNode {
  let first: Expression
  let stages: [Expression]
  let span: Span

  init(_ first: Expression, _ stages: [Expression], _ span: Span) {
    self.first = first
    self.stages = stages
    self.span = span
  }
}
