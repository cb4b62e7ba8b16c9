/// A statement on one line that cannot be read or run as it stands, cut into tokens, for the habits
/// to look at.
struct FaultyLine {
  let source: Source
  /// The tokens of the statement, without an end.
  let tokens: [Token]
  let registry: Registry
  /// Whether a name means something here.
  let isKnown: @Sendable (String) -> Bool
  /// The whole statement.
  let span: Span

  /// The statement around an offset; nil where it is empty, or goes over several lines.
  init?(
    _ source: Source, tokens all: [Token], around offset: Int, registry: Registry,
    isKnown: @escaping @Sendable (String) -> Bool
  ) {
    let end = all.count - 1
    guard let here = all[..<max(0, end)].lastIndex(where: { $0.start <= offset }) else {
      return nil
    }
    var first = here
    while first > 0, !Self.begins(all, first) { first -= 1 }
    var last = here + 1
    var depth = 0
    while last < end, !all[last].startsLine, all[last - 1].kind != .semicolon || last == first {
      if all[last].kind == .semicolon, depth == 0 { break }
      depth += all[last].kind.opening
      last += 1
    }
    if last > first, all[last - 1].kind == .semicolon { last -= 1 }
    guard last > first else { return nil }
    self.source = source
    tokens = Array(all[first..<last])
    span = Span(all[first].start, all[last - 1].end)
    self.registry = registry
    self.isKnown = isKnown
  }

  /// Whether a statement begins at a token: at the start of a line or behind `;`.
  private static func begins(_ tokens: [Token], _ place: Int) -> Bool {
    tokens[place].startsLine || tokens[place - 1].kind == .semicolon
  }

  /// The brackets that the line leaves open, closed.
  var closers: String {
    var open: [String] = []
    for place in tokens.indices {
      switch kind(place) {
      case .leftParen: open.append(")")
      case .leftBracket: open.append("]")
      case .leftBrace: open.append("}")
      case .rightParen, .rightBracket, .rightBrace: _ = open.popLast()
      default: break
      }
    }
    return open.isEmpty ? "" : " " + open.reversed().joined()
  }

  var text: String { source.text(of: span) }
  var count: Int { tokens.count }

  func kind(_ place: Int) -> Token.Kind {
    tokens.indices.contains(place) ? tokens[place].kind : .end
  }

  func word(_ place: Int) -> String {
    tokens.indices.contains(place) ? source.text(of: tokens[place].span) : ""
  }

  func text(_ range: Range<Int>) -> String {
    range.isEmpty ? "" : source.text(of: Span(tokens[range.lowerBound].start, end(range)))
  }

  /// Where a range of tokens ends in the text.
  func end(_ range: Range<Int>) -> Int { tokens[range.upperBound - 1].end }

  /// Whether a token follows the one before it without a space.
  func isAdjacent(_ place: Int) -> Bool {
    tokens.indices.contains(place) && place > 0 && !tokens[place].hasSpaceBefore
  }

  /// Whether a word names nothing.
  func isUnknown(_ place: Int) -> Bool { kind(place) == .word && !isKnown(word(place)) }

  /// The place behind a bracket's partner, or behind the token where it opens nothing.
  func behind(_ place: Int) -> Int {
    var depth = 0
    var next = place
    repeat {
      depth += kind(next).opening
      next += 1
    } while depth > 0 && next < count
    return next
  }

  /// The place behind an operand: everything that hangs together without a space.
  func operandEnd(_ place: Int) -> Int {
    var next = behind(place)
    while next < count, isAdjacent(next), kind(next).opening >= 0, kind(next) != .comma,
      kind(next) != .semicolon
    { next = behind(next) }
    return next
  }

  /// The first place from one on, outside brackets, that something holds of; nil for none.
  func first(from start: Int, to end: Int? = nil, where holds: (Int) -> Bool) -> Int? {
    var place = start
    while place < (end ?? count) {
      if kind(place).opening < 0 { return nil }
      if holds(place) { return place }
      place = behind(place)
    }
    return nil
  }

  /// Replaces whole tokens.
  func edit(_ range: Range<Int>, _ text: String) -> Edit {
    Edit(Span(tokens[range.lowerBound].start, end(range)), text)
  }

  /// Puts something before a token, or at the end.
  func insert(_ text: String, before place: Int) -> Edit {
    let offset = place < count ? tokens[place].start : span.end
    return Edit(Span(offset, offset), text)
  }
}

extension Token.Kind {
  /// 1 where it opens something, -1 where it closes something.
  var opening: Int {
    switch self {
    case .leftParen, .leftBracket, .leftBrace, .codeOpen, .stringOpen: 1
    case .rightParen, .rightBracket, .rightBrace, .codeClose, .stringClose: -1
    default: 0
    }
  }
}
