/// Finds the records of a file that comes in chunks.
struct RecordFinder {
  let division: RecordFile.Division
  private(set) var records: [RecordFile.Record] = []
  /// The line that comes next, from one.
  private(set) var line = 1
  /// Whether a line began a document.
  private(set) var hasDocuments = false
  private var carried: [UInt8] = []
  /// Where the carried bytes begin in the file.
  private var offset = 0
  private var open: RecordFile.Record?
  /// Whether a blank line stands behind the open record's last line.
  private var isBlockEnded = false

  private static let newLine = UInt8(ascii: "\n")
  private static let newDocument = Array("# newdoc".utf8)

  init(division: RecordFile.Division) { self.division = division }

  /// How many bytes wait for the end of their line.
  var carriedCount: Int { carried.count }

  /// Takes the next bytes of the file.
  mutating func take(_ bytes: [UInt8]) {
    let bytes = carried + bytes
    var start = offset == 0 && bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    while let end = bytes[start...].firstIndex(of: Self.newLine) {
      take(line: bytes[start..<end])
      start = end + 1
    }
    carried = Array(bytes[start...])
    offset += start
  }

  /// Takes the end of the file.
  mutating func finish() {
    if !carried.isEmpty { take(line: carried[...]) }
    close()
  }

  /// A line, by its place in what is at hand, whose first byte lies at `offset` in the file.
  private mutating func take(line bytes: ArraySlice<UInt8>) {
    defer { line += 1 }
    let start = offset + bytes.startIndex
    let isBlank = bytes.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
    if isBlank {
      isBlockEnded = true
      return
    }
    let isDocument = division == .documents && bytes.starts(with: Self.newDocument)
    if isDocument { hasDocuments = true }
    let begins =
      switch division {
      case .lines: true
      case .blocks: isBlockEnded
      case .documents: isDocument
      }
    if begins { close() }
    isBlockEnded = false
    let end = offset + bytes.endIndex - (bytes.last == 0x0D ? 1 : 0)
    var record = open ?? RecordFile.Record(offset: start, length: 0, line: line)
    record.length = end - record.offset
    open = record
  }

  private mutating func close() {
    if let open { records.append(open) }
    open = nil
  }
}
