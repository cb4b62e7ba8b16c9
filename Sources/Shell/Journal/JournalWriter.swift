import Foundation
import Language

/// Keeps a session on disk while it runs: each entry before it runs, each output before it is shown.
///
/// What has been handed to the system survives the end of the process, however it comes.
final class JournalWriter: Sendable {
  private let lines: JSONLines
  private let path: String

  /// Begins the journal of a session in a folder; nil when it cannot be written.
  init?(folder: String, header: DocumentHeader, time: Date = Date()) {
    guard StateFolder.make(folder) else { return nil }
    path = folder + "/" + Self.name(time, process: getpid()) + ".jsonl"
    guard let lines = JSONLines(path: path), lines.lock() else { return nil }
    self.lines = lines
    lines.append([
      ("kind", .string("session")), ("version", .string(header.version)),
      ("options", .string(header.options)), ("time", .number(time.timeIntervalSince1970)),
      ("folder", .string(FileManager.default.currentDirectoryPath)),
    ])
  }

  /// The name of a session: when it began, and which process it was.
  static func name(_ time: Date, process: Int32) -> String {
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.dateFormat = "yyyyMMdd-HHmmss"
    return "\(formatter.string(from: time))-\(process)"
  }

  func begin(_ input: String) {
    lines.append([("kind", .string("entry")), ("text", .string(input))])
  }

  func append(_ text: String) {
    lines.append([("kind", .string("output")), ("text", .string(text))])
  }

  func end(isSuccess: Bool) {
    lines.append([("kind", .string("result")), ("ok", .bool(isSuccess))])
  }

  /// The session was left as it should be; a journal of nothing is removed.
  func close(isEmpty: Bool) {
    if isEmpty { unlink(path) } else { lines.append([("kind", .string("end"))]) }
  }
}
