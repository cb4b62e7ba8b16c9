extension Lexer {
  /// Whether a byte can begin a name: a letter, `_`, or the start of something beyond ASCII.
  static func isNameByte(_ byte: UInt8) -> Bool {
    (byte | 0x20) >= UInt8(ascii: "a") && (byte | 0x20) <= UInt8(ascii: "z")
      || byte == UInt8(ascii: "_") || byte >= 0x80
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }

  /// Whether a text is one word: letters, digits and `_`, no digit first.
  static func isWord(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, first == "_" || first.properties.isXIDStart
    else { return false }
    return text.unicodeScalars.allSatisfy { $0 == "_" || $0.properties.isXIDContinue }
  }

  /// Whether a text can be bound: a word that is no keyword, no layer and not `_`.
  static func isPlainName(_ text: String) -> Bool {
    isWord(text) && text != "_" && Token.Kind.keywords[text] == nil && !isLayerWord(text.utf8)
  }

  /// Whether a word begins an address: `L`, or `L` and digits.
  static func isLayerWord(_ word: some Collection<UInt8>) -> Bool {
    word.first == UInt8(ascii: "L") && word.dropFirst().allSatisfy(isDigit)
  }

  mutating func word() {
    let start = offset
    while !isAtEnd {
      let next = byte()
      if next < 0x80 {
        if !Self.isNameByte(next) && !Self.isDigit(next) { break }
        offset += 1
      } else {
        guard let (scalar, length) = scalar() else { break }
        let isPart =
          offset == start ? scalar.properties.isXIDStart : scalar.properties.isXIDContinue
        if !isPart { break }
        offset += length
      }
    }
    if offset == start { return symbol() }
    emit(keyword(Span(start, offset)) ?? .word, from: start)
  }

  private func keyword(_ span: Span) -> Token.Kind? {
    guard span.length >= 2, span.length <= 8, source.bytes[span.start] >= UInt8(ascii: "a") else {
      return nil
    }
    return Token.Kind.keywords[source.text(of: span)]
  }

  mutating func number() {
    let start = offset
    digits()
    if byte() == UInt8(ascii: "."), Self.isDigit(byte(1)) {
      offset += 1
      digits()
    }
    if byte() | 0x20 == UInt8(ascii: "e") {
      let sign = byte(1) == UInt8(ascii: "-") || byte(1) == UInt8(ascii: "+")
      if Self.isDigit(byte(sign ? 2 : 1)) {
        offset += sign ? 2 : 1
        digits()
      }
    }
    let end = offset
    while !isAtEnd, byte() < 0x80, Self.isNameByte(byte()) || Self.isDigit(byte()) { offset += 1 }
    if offset > end || source.bytes[end - 1] == UInt8(ascii: "_") {
      complain(
        "bad-number", "this is not a number", start, offset,
        help: "numbers are written like 12, 1_000, 0.5 or 1e-3")
    }
    emit(.number, from: start)
  }

  private mutating func digits() {
    while Self.isDigit(byte()) || byte() == UInt8(ascii: "_") { offset += 1 }
  }

  /// The scalar that begins at the offset and its length; nil where the bytes are not UTF-8.
  func scalar() -> (Unicode.Scalar, Int)? {
    let end = min(offset + 4, source.bytes.count)
    var decoder = UTF8()
    var bytes = source.bytes[offset..<end].makeIterator()
    guard case .scalarValue(let scalar) = decoder.decode(&bytes) else { return nil }
    return (scalar, UTF8.width(scalar))
  }

  /// Complains of bytes that are not UTF-8 in a comment or a text.
  mutating func checkText(_ span: Span) {
    let here = offset
    defer { offset = here }
    offset = span.start
    while offset < span.end {
      if source.bytes[offset] < 0x80 {
        offset += 1
      } else if let (_, length) = scalar() {
        offset += length
      } else {
        return complain(
          "not-utf8", "the text is not UTF-8 here", offset, offset + 1,
          help: "save the file as UTF-8")
      }
    }
  }
}
