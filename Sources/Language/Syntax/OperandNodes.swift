/// A number, a range of numbers, `true`, `false` or `null`.
final class LiteralNode: SyntaxNode {
  let value: Value
  let span: Span

  init(_ value: Value, _ span: Span) {
    self.value = value
    self.span = span
  }
}

/// A text with code in it, or without.
final class TextNode: SyntaxNode {
  enum Part: Sendable {
    case text(String)
    case code(Expression)
  }

  let parts: [Part]
  let span: Span

  init(_ parts: [Part], _ span: Span) {
    self.parts = parts
    self.span = span
  }

  /// The text when there is no code in it.
  var constant: String? {
    var text = ""
    for part in parts {
      guard case .text(let piece) = part else { return nil }
      text += piece
    }
    return text
  }
}

/// A name, which the resolver ties to what it names.
final class NameNode: SyntaxNode, @unchecked Sendable {
  let name: String
  let span: Span
  /// Written once by the resolver, before anything runs.
  var binding = Binding.unresolved

  init(_ name: String, _ span: Span) {
    self.name = name
    self.span = span
  }
}

/// `[a, b]`.
final class ListNode: SyntaxNode {
  let elements: [Expression]
  let span: Span

  init(_ elements: [Expression], _ span: Span) {
    self.elements = elements
    self.span = span
  }
}

/// `{name: value}`.
final class RecordNode: SyntaxNode {
  let fields: [(name: TextNode, value: Expression)]
  let span: Span

  init(_ fields: [(name: TextNode, value: Expression)], _ span: Span) {
    self.fields = fields
    self.span = span
  }
}

/// `L2..4.H5.pattern`: pieces with selectors that may hold code.
final class AddressNode: SyntaxNode {
  let side: String?
  let pieces: [(word: String, selector: SelectorSyntax?)]
  let span: Span

  init(side: String?, pieces: [(word: String, selector: SelectorSyntax?)], _ span: Span) {
    self.side = side
    self.pieces = pieces
    self.span = span
  }
}

/// `@3`, `@"Mary"`, `@(i)`.
final class PositionNode: SyntaxNode {
  let selector: SelectorSyntax
  let span: Span

  init(_ selector: SelectorSyntax, _ span: Span) {
    self.selector = selector
    self.span = span
  }
}

/// What selects in an address or a position: written out, or code that gives it.
enum SelectorSyntax: Sendable {
  case fixed(Selector)
  case text(TextNode)
  case list([Expression])
  case code(Expression)
}

/// `(a)`: it keeps what is inside apart from what stands around it.
final class GroupNode: SyntaxNode {
  let inner: Expression
  let span: Span

  init(_ inner: Expression, _ span: Span) {
    self.inner = inner
    self.span = span
  }
}
