import Faults
import Language

/// Reads text in columns, as in RFC 4180: cells in double quotes may hold separators, line breaks
/// and doubled quotes.
///
/// A column whose cells are all numbers, or all `true` and `false`, or empty, holds these; a quoted
/// cell is text.
struct CSVReader {
  private struct Cell {
    var text: String
    var isQuoted: Bool
  }

  private let bytes: [UInt8]
  private let separator: UInt8
  private var place = 0
  private var line = 1
  private var columnCount = 0
  private var cellCount = 0

  /// The table of a whole text.
  ///
  /// - Throws: `bad-csv` with the line of the first fault.
  static func read(
    _ text: String, separator: UInt8, hasHeader: Bool, _ context: Context
  ) throws(Failure) -> Table {
    var reader = CSVReader(bytes: Array(text.utf8), separator: separator)
    guard let first = try reader.row() else { return Table([]) }
    reader.columnCount = first.count
    let names =
      hasHeader ? first.map(\.text) : first.indices.map { "column\($0 + 1)" }
    var seen: Set<String> = []
    if let twin = names.first(where: { !seen.insert($0).inserted }) {
      throw Failure(
        "bad-csv", "line 1: two columns are called \(Value.quoted(twin))",
        help: "columns need names of their own; `header: false` numbers them")
    }
    var columns: [[Cell]] = hasHeader ? names.map { _ in [] } : first.map { [$0] }
    while true {
      let start = reader.line
      guard let row = try reader.row() else { break }
      try context.interruption.check()
      guard row.count == names.count else {
        throw Failure(
          "bad-csv",
          "line \(start) has \(Value.count(row.count, "cell")) and the first has \(names.count)",
          help: "a cell that holds the separator stands in double quotes")
      }
      for (place, cell) in row.enumerated() { columns[place].append(cell) }
    }
    return Table(
      try context.interruption.mapping(zip(names, columns)) { name, cells throws(Failure) in
        Table.Column(name, try values(of: cells))
      })
  }

  private init(bytes: [UInt8], separator: UInt8) {
    self.bytes = bytes
    self.separator = separator
  }

  /// The next line's cells; nil at the end.
  ///
  /// Empty lines are passed over, but where there is one column they are empty cells.
  private mutating func row() throws(Failure) -> [Cell]? {
    while place < bytes.count, isLineBreak(bytes[place]), columnCount != 1 { endLine() }
    guard place < bytes.count else { return nil }
    var cells: [Cell] = []
    while true {
      if cells.count & 0xFFF == 0xFFF, Interruption.isCurrentRequested { throw .interrupted }
      cellCount += 1
      if cellCount & 0xF_FFFF == 0 { try checkMemory() }
      cells.append(try cell())
      guard place < bytes.count else { return cells }
      if isLineBreak(bytes[place]) {
        endLine()
        return cells
      }
      place += 1
    }
  }

  /// A cell is a text and a value for a while.
  private func checkMemory() throws(Failure) {
    try faultsAsFailures { () throws(Fault) in
      try MemoryBudget.check(80 * Double(cellCount), for: "a table of \(cellCount) cells or more")
    }
  }

  private func isLineBreak(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

  private mutating func endLine() {
    if bytes[place] == 0x0D, place + 1 < bytes.count, bytes[place + 1] == 0x0A { place += 1 }
    place += 1
    line += 1
  }

  private mutating func cell() throws(Failure) -> Cell {
    let quote = UInt8(ascii: "\"")
    guard place < bytes.count, bytes[place] == quote else {
      let start = place
      while place < bytes.count, bytes[place] != separator, !isLineBreak(bytes[place]) {
        place += 1
      }
      return Cell(text: String(decoding: bytes[start..<place], as: UTF8.self), isQuoted: false)
    }
    let opened = line
    var text: [UInt8] = []
    place += 1
    while place < bytes.count {
      let byte = bytes[place]
      place += 1
      if byte == 0x0A { line += 1 }
      guard byte == quote else {
        text.append(byte)
        continue
      }
      if place < bytes.count, bytes[place] == quote {
        text.append(quote)
        place += 1
        continue
      }
      guard place == bytes.count || bytes[place] == separator || isLineBreak(bytes[place]) else {
        throw Failure(
          "bad-csv", "line \(line): something follows the closing quote of a cell",
          help: "a quote inside a cell is written twice")
      }
      return Cell(text: String(decoding: text, as: UTF8.self), isQuoted: true)
    }
    throw Failure("bad-csv", "line \(opened): a cell in quotes does not end")
  }

  private static func values(of cells: [Cell]) throws(Failure) -> [Value] {
    if Interruption.isCurrentRequested { throw .interrupted }
    let isText = { (cell: Cell) in cell.isQuoted }
    if !cells.contains(where: isText), cells.contains(where: { !$0.text.isEmpty }) {
      if let numbers = typed(cells, { NumberReading.exactNumber($0).map { .number($0) } }) {
        return numbers
      }
      if let flags = typed(
        cells, { $0 == "true" ? .bool(true) : $0 == "false" ? .bool(false) : nil })
      {
        return flags
      }
    }
    return Interruption.mappingOrStopping(cells) { .string($0.text) }
  }

  /// The cells converted, empty ones null; nil when one cannot be.
  private static func typed(_ cells: [Cell], _ convert: (String) -> Value?) -> [Value]? {
    var values: [Value] = []
    values.reserveCapacity(cells.count)
    for cell in cells {
      if values.count & 0xFFF == 0xFFF, Interruption.isCurrentRequested { return nil }
      guard let value = cell.text.isEmpty ? .null : convert(cell.text) else { return nil }
      values.append(value)
    }
    return values
  }
}
