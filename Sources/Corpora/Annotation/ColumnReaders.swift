import Faults
import Foundation

/// A line of cells between tabs.
struct CellsReader: RecordReader {
  private let names: [String]
  private let columns: TextColumns

  init(header: String, columns: TextColumns) {
    names = Self.cells(header)
    self.columns = columns
  }

  func text(of record: String, line: Int) throws(RecordFault) -> AnnotatedText {
    let cells = Self.cells(record)
    guard cells.count == names.count else {
      throw RecordFault(
        line: line, what: "\(cells.count) cells, the first line names \(names.count) columns",
        help: "put a tab between cells, and none inside one")
    }
    return try columns.annotate(
      Dictionary(zip(names, cells)) { first, _ in first }, line: line)
  }

  private static func cells(_ line: String) -> [String] {
    line.utf8.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false).map {
      String(Substring($0))
    }
  }
}

/// A line of JSON: an object with named columns.
struct JSONLinesReader: RecordReader {
  let columns: TextColumns

  /// The bytes of a JSON text with long whole numbers in quotes, so that ids keep every digit.
  private static func keepingDigits(_ json: String.UTF8View) -> [UInt8] {
    let bytes = Array(json)
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var isInString = false
    var place = 0
    while place < bytes.count {
      let byte = bytes[place]
      if isInString || !(digits.contains(byte) || byte == UInt8(ascii: "-")) {
        result.append(byte)
        place += 1
        if byte == UInt8(ascii: "\\"), isInString, place < bytes.count {
          result.append(bytes[place])
          place += 1
        } else if byte == UInt8(ascii: "\"") {
          isInString.toggle()
        }
        continue
      }
      let number = bytes[place...].prefix { digits.contains($0) || "+-.eE".utf8.contains($0) }
      let whole = number.first == UInt8(ascii: "-") ? number.dropFirst() : number
      let isLong = whole.count > 15 && whole.first != UInt8(ascii: "0")
      let isQuoted = isLong && whole.allSatisfy(digits.contains)
      if isQuoted { result.append(UInt8(ascii: "\"")) }
      result += number
      if isQuoted { result.append(UInt8(ascii: "\"")) }
      place += number.count
    }
    return result
  }

  func text(of record: String, line: Int) throws(RecordFault) -> AnnotatedText {
    let value: JSONCell
    do {
      value = try JSONDecoder().decode(JSONCell.self, from: Data(Self.keepingDigits(record.utf8)))
    } catch {
      throw RecordFault(
        line: line, what: "this is no JSON", help: "a file of JSON lines has an object on each line"
      )
    }
    guard case .object(let fields) = value else {
      throw RecordFault(
        line: line, what: "\(value.noun) stands where an object is wanted",
        help: "write each text as   {\"text\": \"…\"}")
    }
    return try columns.annotate(fields.compactMapValues(\.text), line: line)
  }
}

extension TextColumns {
  /// As `annotate`, for a line of a file.
  fileprivate func annotate(
    _ fields: [String: String], line: Int
  ) throws(RecordFault) -> AnnotatedText {
    do throws(Fault) {
      return try annotate(fields)
    } catch {
      throw RecordFault(code: error.code, line: line, what: error.message, help: error.help)
    }
  }
}

/// What stands in a JSON file.
private indirect enum JSONCell: Decodable {
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  case list
  case object([String: JSONCell])

  init(from decoder: any Decoder) throws {
    let single = try decoder.singleValueContainer()
    if single.decodeNil() {
      self = .null
    } else if let text = try? single.decode(String.self) {
      self = .string(text)
    } else if let flag = try? single.decode(Bool.self) {
      self = .bool(flag)
    } else if let number = try? single.decode(Double.self) {
      self = .number(number)
    } else if let fields = try? single.decode([String: JSONCell].self) {
      self = .object(fields)
    } else {
      _ = try single.decode([JSONCell].self)
      self = .list
    }
  }

  /// A cell of a column; nil for null, lists and objects, which no column holds.
  var text: String? {
    switch self {
    case .string(let text): text
    case .bool(let flag): flag ? "true" : "false"
    case .number(let number): Int(exactly: number).map(String.init) ?? String(number)
    case .null, .list, .object: nil
    }
  }

  /// What messages call it.
  var noun: String {
    switch self {
    case .null: "null"
    case .bool: "a boolean"
    case .number: "a number"
    case .string: "a string"
    case .list: "a list"
    case .object: "an object"
    }
  }
}
