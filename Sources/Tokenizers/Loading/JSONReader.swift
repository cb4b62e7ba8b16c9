import Foundation

/// Reads a JSON file piece by piece.
///
/// Vocabularies have hundreds of thousands of members; reading them straight into their tables is
/// several times faster than building Foundation's objects first. Small sections are read into
/// `JSONValue`.
struct JSONReader {
  /// Deeper nesting than any tokenizer has is refused rather than risked on the stack.
  static let depthBound = 100

  /// The file's name, for messages.
  let file: String
  let bytes: [UInt8]
  var position = 0

  init(file: String, bytes: [UInt8]) throws(TokenizerError) {
    self.file = file
    self.bytes = bytes
    guard String(validating: bytes, as: UTF8.self) != nil else {
      throw .malformed(file: file, place: "", problem: "it is not UTF-8 text")
    }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      position = 3
    }
  }

  init(contentsOf url: URL) throws(TokenizerError) {
    try self.init(file: url.lastPathComponent, bytes: try FileBytes.read(url))
  }

  func failure(_ problem: String, at place: String = "") -> TokenizerError {
    .malformed(
      file: file, place: place.isEmpty ? "byte \(position)" : place, problem: problem)
  }

  /// The next byte that is not white space, without consuming it; nil at the end.
  mutating func peek() -> UInt8? {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x09, 0x0A, 0x0D: position += 1
      case let byte: return byte
      }
    }
    return nil
  }

  /// Consumes `byte` if it is next.
  mutating func take(_ byte: UInt8) -> Bool {
    guard peek() == byte else { return false }
    position += 1
    return true
  }

  mutating func expect(_ byte: UInt8, _ what: String) throws(TokenizerError) {
    guard take(byte) else {
      throw failure(
        position >= bytes.count ? "it ends where \(what) should be" : "\(what) is missing")
    }
  }

  /// Nothing but white space may follow the value.
  mutating func expectEnd() throws(TokenizerError) {
    guard peek() == nil else { throw failure("something follows the end of the JSON value") }
  }

  /// Reads an object, calling `member` with the position right behind each key's colon.
  mutating func object(
    _ member: (inout JSONReader, String) throws(TokenizerError) -> Void
  ) throws(TokenizerError) {
    try expect(UInt8(ascii: "{"), "an object")
    guard !take(UInt8(ascii: "}")) else { return }
    repeat {
      let key = try string()
      try expect(UInt8(ascii: ":"), "a colon")
      try member(&self, key)
    } while take(UInt8(ascii: ","))
    try expect(UInt8(ascii: "}"), "the end of an object")
  }

  /// Reads a list, calling `element` at the beginning of each element.
  mutating func array(
    _ element: (inout JSONReader, Int) throws(TokenizerError) -> Void
  ) throws(TokenizerError) {
    try expect(UInt8(ascii: "["), "a list")
    guard !take(UInt8(ascii: "]")) else { return }
    var index = 0
    repeat {
      try element(&self, index)
      index += 1
    } while take(UInt8(ascii: ","))
    try expect(UInt8(ascii: "]"), "the end of a list")
  }

  /// Reads any value.
  mutating func value(depth: Int = 0) throws(TokenizerError) -> JSONValue {
    guard depth < Self.depthBound else { throw failure("it is nested too deeply") }
    switch peek() {
    case UInt8(ascii: "{"):
      var members: [(key: String, value: JSONValue)] = []
      try object { (reader, key) throws(TokenizerError) in
        members.append((key, try reader.value(depth: depth + 1)))
      }
      return .object(members)
    case UInt8(ascii: "["):
      var elements: [JSONValue] = []
      try array { (reader, _) throws(TokenizerError) in
        elements.append(try reader.value(depth: depth + 1))
      }
      return .array(elements)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return try number()
    }
  }

  private mutating func word(
    _ word: String, _ value: JSONValue
  ) throws(TokenizerError) -> JSONValue {
    guard bytes[position...].starts(with: word.utf8) else { throw failure("it is not JSON") }
    position += word.utf8.count
    return value
  }
}

/// Reads whole files, with the reason when that fails.
enum FileBytes {
  /// No tokenizer is larger; such a file is something else.
  private static let sizeBound = 1 << 29

  static func read(_ url: URL) throws(TokenizerError) -> [UInt8] {
    do {
      let size = try url.resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0
      guard size <= sizeBound else {
        throw TokenizerError.unreadable(file: url.path, reason: "it is too large for a tokenizer")
      }
      return [UInt8](try Data(contentsOf: url))
    } catch let error as TokenizerError {
      throw error
    } catch {
      throw .unreadable(file: url.path, reason: error.localizedDescription)
    }
  }
}
