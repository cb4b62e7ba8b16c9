import Faults
import Foundation
import Synchronization
import Tensors

/// A text file by its records: their places are found when it is opened, their bytes are read when
/// they are asked for.
final class RecordFile: Sendable {
  /// What makes a record.
  enum Division: Sendable, Hashable {
    /// A line that is not blank.
    case lines
    /// Lines between blank ones.
    case blocks
    /// Blocks from one that holds `# newdoc` up to the next.
    case documents
  }

  /// Where a record lies.
  struct Record: Sendable {
    var offset: Int
    var length: Int
    /// Its first line, from one.
    var line: Int
  }

  /// The file as messages name it.
  let name: String
  let records: [Record]
  private let url: URL
  private let size: Int
  private let changed: Date?
  private let window = Mutex((start: 0, bytes: [UInt8]()))

  /// How much is read at once, in bytes.
  private static let chunk = 1 << 20
  /// The longest record, in bytes.
  private static let longest = 64 << 20

  /// Opens a file and finds its records.
  ///
  /// - Throws: `Fault` when it cannot be read, has no records, or changes while it is read.
  init(_ path: String, name: String, division: Division) throws(Fault) {
    self.name = name
    url = URL(fileURLWithPath: path).resolvingSymlinksInPath()
    (size, changed) = try Self.state(of: url, name)
    var finder = RecordFinder(division: division)
    try Self.read(url, name) { bytes throws(Fault) in
      finder.take(bytes)
      if finder.carriedCount > Self.longest { throw Self.tooLong(name, finder.line) }
    }
    finder.finish()
    records = finder.records
    if division == .documents, !finder.hasDocuments {
      throw Fault(
        "bad-corpus", "`\(name)` has no line `# newdoc`, so its documents are not known",
        help: "read it by sentences")
    }
    if let long = records.first(where: { $0.length > Self.longest }) {
      throw Self.tooLong(name, long.line)
    }
    if records.isEmpty {
      throw Fault(
        "empty-corpus",
        size == 0 ? "`\(name)` is empty" : "`\(name)` has no texts, only blank lines")
    }
  }

  /// A record's text.
  ///
  /// - Throws: `Fault` when the file has changed, or the record is not UTF-8.
  func text(of record: Record) throws(Fault) -> String {
    let bytes = try bytes(of: record)
    if let text = String(validating: bytes, as: UTF8.self) { return text }
    throw Fault(
      "not-utf8", "`\(name)`, line \(Self.line(ofFault: bytes, from: record.line)) is not UTF-8",
      help: "convert the file first: iconv -f LATIN1 -t UTF-8 FILE > NEW")
  }

  private func bytes(of record: Record) throws(Fault) -> [UInt8] {
    try window.withLock { window throws(Fault) in
      let end = record.offset + record.length
      if record.offset < window.start || end > window.start + window.bytes.count {
        guard try Self.state(of: url, name) == (size, changed) else {
          throw Fault(
            "file-changed", "`\(name)` has changed since it was opened", help: "open it again")
        }
        window = (
          record.offset,
          try Self.read(url, name, from: record.offset, count: max(Self.chunk, record.length))
        )
      }
      let start = record.offset - window.start
      guard start + record.length <= window.bytes.count else {
        throw Fault("file-changed", "`\(name)` is shorter than when it was opened")
      }
      return Array(window.bytes[start..<start + record.length])
    }
  }

  private static func tooLong(_ name: String, _ line: Int) -> Fault {
    Fault(
      "too-large", "`\(name)`, line \(line): one text is longer than \(longest >> 20) MB",
      help: "put one sentence or document on each line")
  }

  private static func line(ofFault bytes: [UInt8], from first: Int) -> Int {
    var line = first
    for part in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      if String(validating: part, as: UTF8.self) == nil { return line }
      line += 1
    }
    return first
  }

  private static func state(of url: URL, _ name: String) throws(Fault) -> (Int, Date?) {
    guard let found = try? FileManager.default.attributesOfItem(atPath: url.path) else {
      throw Fault("cannot-read", "there is no file `\(name)`")
    }
    guard found[.type] as? FileAttributeType == .typeRegular else {
      throw Fault("cannot-read", "`\(name)` is no regular file")
    }
    return ((found[.size] as? NSNumber)?.intValue ?? 0, found[.modificationDate] as? Date)
  }

  /// Reads a whole file, a chunk at a time.
  private static func read(
    _ url: URL, _ name: String, body: ([UInt8]) throws(Fault) -> Void
  ) throws(Fault) {
    let handle = try open(url, name)
    defer { try? handle.close() }
    while true {
      if Workers.cancellation() { throw .interrupted }
      let bytes = try next(handle, chunk, name)
      if bytes.isEmpty { return }
      try body(bytes)
    }
  }

  private static func read(
    _ url: URL, _ name: String, from offset: Int, count: Int
  ) throws(Fault) -> [UInt8] {
    let handle = try open(url, name)
    defer { try? handle.close() }
    guard (try? handle.seek(toOffset: UInt64(offset))) != nil else {
      throw Fault("cannot-read", "cannot read `\(name)`")
    }
    return try next(handle, count, name)
  }

  /// The bytes that come next; none at the end.
  private static func next(
    _ handle: FileHandle, _ count: Int, _ name: String
  ) throws(Fault) -> [UInt8] {
    do {
      return [UInt8](try handle.read(upToCount: count) ?? Data())
    } catch {
      throw Fault("cannot-read", "cannot read `\(name)`")
    }
  }

  private static func open(_ url: URL, _ name: String) throws(Fault) -> FileHandle {
    guard let handle = try? FileHandle(forReadingFrom: url) else {
      throw Fault(
        "cannot-read", "cannot open `\(name)`", help: "look at who may read the file")
    }
    return handle
  }
}
