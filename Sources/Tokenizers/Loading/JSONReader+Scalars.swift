extension JSONReader {
  /// Reads a string.
  mutating func string() throws(TokenizerError) -> String {
    var buffer: [UInt8] = []
    try string(into: &buffer)
    return String(decoding: buffer, as: UTF8.self)
  }

  /// Reads a string as UTF-8 into `buffer`, whose former content is lost.
  mutating func string(into buffer: inout [UInt8]) throws(TokenizerError) {
    buffer.removeAll(keepingCapacity: true)
    try expect(UInt8(ascii: "\""), "a string")
    var start = position
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\""):
        buffer.append(contentsOf: bytes[start..<position])
        position += 1
        return
      case UInt8(ascii: "\\"):
        buffer.append(contentsOf: bytes[start..<position])
        position += 1
        try escape(into: &buffer)
        start = position
      case 0..<0x20:
        throw failure("a string holds a control character")
      default:
        position += 1
      }
    }
    throw failure("a string is not closed")
  }

  private mutating func escape(into buffer: inout [UInt8]) throws(TokenizerError) {
    guard position < bytes.count else { throw failure("a string is not closed") }
    let byte = bytes[position]
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): buffer.append(byte)
    case UInt8(ascii: "b"): buffer.append(0x08)
    case UInt8(ascii: "f"): buffer.append(0x0C)
    case UInt8(ascii: "n"): buffer.append(0x0A)
    case UInt8(ascii: "r"): buffer.append(0x0D)
    case UInt8(ascii: "t"): buffer.append(0x09)
    case UInt8(ascii: "u"): try unicodeEscape(into: &buffer)
    default: throw failure("a string holds an unknown escape")
    }
  }

  /// Reads what stands behind `\u`, with the second half of a surrogate pair.
  private mutating func unicodeEscape(into buffer: inout [UInt8]) throws(TokenizerError) {
    var value = try hexadecimal()
    if (0xD800..<0xDC00).contains(value), bytes[position...].starts(with: "\\u".utf8) {
      position += 2
      let low = try hexadecimal()
      guard (0xDC00..<0xE000).contains(low) else {
        throw failure("a string holds half of a surrogate pair")
      }
      value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
    }
    guard let scalar = Unicode.Scalar(value), let encoded = UTF8.encode(scalar) else {
      throw failure("a string holds half of a surrogate pair")
    }
    buffer.append(contentsOf: encoded)
  }

  private mutating func hexadecimal() throws(TokenizerError) -> UInt32 {
    guard position + 4 <= bytes.count else { throw failure("a string is not closed") }
    var value: UInt32 = 0
    for byte in bytes[position..<position + 4] {
      let digit: UInt8
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
      case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
      default: throw failure("an escape has something other than four hexadecimal digits")
      }
      value = value << 4 | UInt32(digit)
    }
    position += 4
    return value
  }

  /// Reads a number.
  mutating func number() throws(TokenizerError) -> JSONValue {
    _ = peek()
    let start = position
    var isInteger = true
    scan: while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): break
      case UInt8(ascii: "+"), UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"):
        isInteger = false
      default: break scan
      }
      position += 1
    }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    if isInteger, let value = Int(text) {
      return .integer(value)
    }
    guard let value = Double(text), value.isFinite else {
      position = start
      throw failure(start < bytes.count ? "a value is missing" : "it ends too early")
    }
    return .number(value)
  }

  /// Reads an integer, quickly.
  mutating func integer() throws(TokenizerError) -> Int? {
    _ = peek()
    let start = position
    var value = 0
    while position < bytes.count, position - start < 15,
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[position])
    {
      value = value * 10 + Int(bytes[position] - UInt8(ascii: "0"))
      position += 1
    }
    if position > start, position < bytes.count, !isNumberByte(bytes[position]) {
      return value
    }
    position = start
    guard case .integer(let integer) = try self.value() else { return nil }
    return integer
  }

  private func isNumberByte(_ byte: UInt8) -> Bool {
    "+-.eE0123456789".utf8.contains(byte)
  }

  /// Steps over any value without looking closely; what was stepped over is read properly later
  /// or not needed.
  mutating func skip() throws(TokenizerError) {
    var open: [UInt8] = []
    repeat {
      guard let byte = peek() else { throw failure("it ends too early") }
      switch byte {
      case UInt8(ascii: "\""): try skipString()
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        position += 1
        open.append(byte + 2)
        guard open.count < Self.depthBound else { throw failure("it is nested too deeply") }
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        guard open.popLast() == byte else { throw failure("a bracket does not match") }
        position += 1
      case UInt8(ascii: ","), UInt8(ascii: ":"):
        guard !open.isEmpty else { throw failure("a value is missing") }
        position += 1
      default: _ = try value()
      }
    } while !open.isEmpty
  }

  private mutating func skipString() throws(TokenizerError) {
    position += 1
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\""):
        position += 1
        return
      case UInt8(ascii: "\\"): position += 2
      default: position += 1
      }
    }
    throw failure("a string is not closed")
  }
}
