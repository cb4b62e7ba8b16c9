import Faults
import Foundation
import Language

/// Reads JSON text as values, keeping the order of fields.
///
/// The strings "NaN", "Infinity" and "-Infinity" become the numbers that JSON cannot write, an
/// array of objects with the same fields a table, and an object that describes a tensor a tensor. A
/// whole number of which float64 cannot hold every digit becomes the string of its digits.
struct JSONReader {
  private let bytes: [UInt8]
  private var place = 0
  private var depth = 0
  private var valueCount = 0
  private let context: Context

  /// How deeply arrays and objects may nest.
  private static let deepest = 400

  private init(_ text: String, _ context: Context) {
    bytes = Array(text.utf8)
    self.context = context
  }

  /// The value of a whole text.
  ///
  /// - Throws: `not-json` with the line and column of the first fault.
  static func read(_ text: String, _ context: Context) throws(Failure) -> Value {
    var reader = JSONReader(text, context)
    let value = try reader.value()
    reader.skipSpace()
    guard reader.place == reader.bytes.count else {
      throw reader.fault("something follows the value")
    }
    return value
  }

  private func fault(_ what: String) -> Failure {
    let before = bytes[..<min(place, bytes.count)]
    let line = 1 + before.count { $0 == UInt8(ascii: "\n") }
    let start = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    let column = 1 + String(decoding: before[start...], as: UTF8.self).unicodeScalars.count
    return Failure("not-json", "line \(line), column \(column) of the JSON text: \(what)")
  }

  private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

  private mutating func skipSpace() {
    while let byte = next, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { place += 1 }
  }

  private mutating func take(_ character: Character) -> Bool {
    guard let byte = character.asciiValue, next == byte else { return false }
    place += 1
    return true
  }

  private mutating func take(word: String) -> Bool {
    guard bytes[place...].starts(with: word.utf8) else { return false }
    place += word.utf8.count
    return true
  }

  private mutating func value() throws(Failure) -> Value {
    skipSpace()
    valueCount += 1
    if valueCount & 0xF_FFFF == 0 { try checkMemory() }
    switch next {
    case UInt8(ascii: "{"): return try nested { reader throws(Failure) in try reader.object() }
    case UInt8(ascii: "["): return try nested { reader throws(Failure) in try reader.array() }
    case UInt8(ascii: "\""):
      let text = try string()
      return ["NaN", "Infinity", "-Infinity"].contains(text)
        ? .number(NumberReading.number(text) ?? .nan) : .string(text)
    case nil: throw fault("it ends where a value is expected")
    default: break
    }
    if take(word: "true") { return .bool(true) }
    if take(word: "false") { return .bool(false) }
    if take(word: "null") { return .null }
    if take(word: "NaN") { return .number(.nan) }
    if take(word: "Infinity") { return .number(.infinity) }
    if take(word: "-Infinity") { return .number(-.infinity) }
    return try number()
  }

  private func checkMemory() throws(Failure) {
    try faultsAsFailures { () throws(Fault) in
      try MemoryBudget.check(
        100 * Double(valueCount), for: "JSON of \(valueCount) values or more",
        help: "cut it into smaller files")
    }
  }

  private mutating func nested(
    _ body: (inout JSONReader) throws(Failure) -> Value
  ) throws(Failure) -> Value {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepest else { throw fault("it nests more than \(Self.deepest) deep") }
    try context.interruption.check()
    place += 1
    return try body(&self)
  }

  private mutating func array() throws(Failure) -> Value {
    var elements: [Value] = []
    skipSpace()
    if take("]") { return .list([]) }
    while true {
      if elements.count & 0xFFF == 0 { try context.interruption.check() }
      elements.append(try value())
      skipSpace()
      if take("]") { return .gathered(elements) }
      guard take(",") else { throw fault("`,` or `]` is expected") }
    }
  }

  private mutating func object() throws(Failure) -> Value {
    var fields: [(String, Value)] = []
    skipSpace()
    if take("}") { return .record(Record(fields)) }
    while true {
      if fields.count & 0xFFF == 0 { try context.interruption.check() }
      skipSpace()
      guard next == UInt8(ascii: "\"") else { throw fault("a name in quotes is expected") }
      let name = try string()
      skipSpace()
      guard take(":") else { throw fault("`:` is expected") }
      fields.append((name, try value()))
      skipSpace()
      if take("}") { break }
      guard take(",") else { throw fault("`,` or `}` is expected") }
    }
    let record = Record(fields)
    return TensorValue(record).map { .tensor($0) } ?? .record(record)
  }

  private mutating func number() throws(Failure) -> Value {
    let start = place
    while let byte = next, "+-.eE0123456789".utf8.contains(byte) { place += 1 }
    let text = String(decoding: bytes[start..<place], as: UTF8.self)
    guard text.first != "+", let number = NumberReading.number(text) else {
      place = start
      throw fault("a value is expected")
    }
    return NumberReading.exactNumber(text) == nil ? .string(text) : .number(number)
  }

  private mutating func string() throws(Failure) -> String {
    place += 1
    var text: [UInt8] = []
    while let byte = next {
      if place & 0xFFFF == 0 { try context.interruption.check() }
      place += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"): text += String(try escape()).utf8
      case 0..<0x20:
        place -= 1
        throw fault("a line break or control character stands in a string")
      default: text.append(byte)
      }
    }
    throw fault("a string does not end")
  }

  private mutating func escape() throws(Failure) -> Unicode.Scalar {
    let kind = next
    place += 1
    switch kind {
    case UInt8(ascii: "\""): return "\""
    case UInt8(ascii: "\\"): return "\\"
    case UInt8(ascii: "/"): return "/"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"):
      let first = try unit()
      if let scalar = Unicode.Scalar(first) { return scalar }
      guard UTF16.isLeadSurrogate(UInt16(first)), take(word: "\\u") else { return "\u{FFFD}" }
      let second = try unit()
      guard UTF16.isTrailSurrogate(UInt16(second)) else { return "\u{FFFD}" }
      return Unicode.Scalar(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00)) ?? "\u{FFFD}"
    default: throw fault("`\\` stands before something that it does not change")
    }
  }

  private mutating func unit() throws(Failure) -> UInt32 {
    let digits = bytes[place..<min(place + 4, bytes.count)]
    guard digits.count == 4, let text = String(validating: digits, as: UTF8.self),
      text.allSatisfy(\.isHexDigit), let unit = UInt32(text, radix: 16)
    else { throw fault("four hexadecimal digits are expected") }
    place += 4
    return unit
  }
}
