extension Lexer {
  /// The sign that two bytes begin, and its length.
  private static func sign(_ first: UInt8, _ second: UInt8) -> (Token.Kind, Int)? {
    switch (Unicode.Scalar(first), Unicode.Scalar(second)) {
    case (".", "."): (.dots, 2)
    case ("=", ">"): (.arrow, 2)
    case ("*", "*"): (.power, 2)
    case ("=", "="): (.equal, 2)
    case ("!", "="): (.unequal, 2)
    case ("<", "="): (.lessEqual, 2)
    case (">", "="): (.greaterEqual, 2)
    case ("(", _): (.leftParen, 1)
    case (")", _): (.rightParen, 1)
    case ("[", _): (.leftBracket, 1)
    case ("]", _): (.rightBracket, 1)
    case (",", _): (.comma, 1)
    case (":", _): (.colon, 1)
    case (";", _): (.semicolon, 1)
    case ("|", _): (.bar, 1)
    case (".", _): (.dot, 1)
    case ("@", _): (.at, 1)
    case ("=", _): (.assign, 1)
    case ("+", _): (.plus, 1)
    case ("-", _): (.minus, 1)
    case ("*", _): (.star, 1)
    case ("/", _): (.slash, 1)
    case ("%", _): (.percent, 1)
    case ("<", _): (.less, 1)
    case (">", _): (.greater, 1)
    default: nil
    }
  }

  /// What to write instead of a sign of other languages.
  private static let replacements: [Unicode.Scalar: String] = [
    "!": "`not` negates, `!=` compares", "&": "`and` joins conditions",
    "“": "texts stand in straight quotes: \"…\"", "”": "texts stand in straight quotes: \"…\"",
    "‘": "texts stand in straight quotes: '…'", "’": "texts stand in straight quotes: '…'",
    "$": "a name stands without `$`", "−": "minus is `-`", "–": "minus is `-`",
    "×": "times is `*`", "÷": "divided by is `/`", "≤": "write `<=`", "≥": "write `>=`",
    "≠": "write `!=`", "→": "write `=>`", "^": "powers are `**`",
    "?": "`help NAME` explains a command", "\\": "a line goes on inside brackets",
  ]

  mutating func symbol() {
    let start = offset
    if let (kind, length) = Self.sign(byte(), byte(1)) {
      offset += length
      return emit(kind, from: start)
    }
    strange()
  }

  /// Something that is part of no token: other spaces pass, the rest is a problem.
  private mutating func strange() {
    let start = offset
    guard let (scalar, length) = scalar() else {
      offset += 1
      complain(
        "not-utf8", "the text is not UTF-8 here", start, offset, help: "save the file as UTF-8")
      return emit(.invalid, from: start)
    }
    if scalar.properties.generalCategory == .spaceSeparator || scalar == "\u{FEFF}" {
      return skipAsSpace(length)
    }
    offset += length
    let shown = scalar.value < 0x20 ? "U+" + String(scalar.value, radix: 16) : String(scalar)
    complain(
      "unexpected-character", "`\(shown)` has no meaning here", start, offset,
      help: Self.replacements[scalar])
    emit(.invalid, from: start)
  }
}
