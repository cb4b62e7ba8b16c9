/// A piece of a source as the parser sees it.
struct Token: Sendable {
  enum Kind: UInt8, Sendable {
    case end
    case invalid
    case word
    case number
    case stringOpen
    case stringText
    case stringClose
    case codeOpen
    case codeClose
    case leftParen
    case rightParen
    case leftBracket
    case rightBracket
    case leftBrace
    case rightBrace
    case comma
    case colon
    case semicolon
    case bar
    case dot
    case dots
    case at
    case assign
    case arrow
    case plus
    case minus
    case star
    case slash
    case percent
    case power
    case equal
    case unequal
    case less
    case lessEqual
    case greater
    case greaterEqual
    // Words of the language; `let` must come first.
    case `let`
    case fn
    case `if`
    case `else`
    case `for`
    case `in`
    case `while`
    case `break`
    case `continue`
    case `return`
    case with
    case `try`
    case `catch`
    case `import`
    case assert
    case and
    case or
    case not
    case `true`
    case `false`
    case null

    /// Whether it is a word of the language.
    var isKeyword: Bool { rawValue >= Kind.let.rawValue }
    /// Whether it can be a name behind a dot or before a colon.
    var isWordlike: Bool { self == .word || isKeyword }
  }

  let kind: Kind
  private let lowStart: Int32
  private let lowEnd: Int32
  /// Whether a space, a comment or a line break stands before it.
  let hasSpaceBefore: Bool
  /// Whether it is the first on its line.
  let startsLine: Bool

  init(_ kind: Kind, _ start: Int, _ end: Int, hasSpaceBefore: Bool, startsLine: Bool) {
    self.kind = kind
    lowStart = Int32(truncatingIfNeeded: start)
    lowEnd = Int32(truncatingIfNeeded: end)
    self.hasSpaceBefore = hasSpaceBefore
    self.startsLine = startsLine
  }

  var start: Int { Int(lowStart) }
  var end: Int { Int(lowEnd) }
  var span: Span { Span(start, end) }
}

extension Token.Kind {
  /// The language's words by their text.
  static let keywords: [String: Token.Kind] = [
    "let": .let, "fn": .fn, "if": .if, "else": .else, "for": .for, "in": .in, "while": .while,
    "break": .break, "continue": .continue, "return": .return, "with": .with, "try": .try,
    "catch": .catch, "import": .import, "assert": .assert, "and": .and, "or": .or, "not": .not,
    "true": .true, "false": .false, "null": .null,
  ]

  /// The binary operators that are written with signs, by their text.
  var isSignOperator: Bool {
    rawValue >= Token.Kind.plus.rawValue && rawValue <= Token.Kind.greaterEqual.rawValue
  }
}
