import Foundation
import Language
import Synchronization

/// Keeps a session on disk while it runs: each entry before it runs, each output before it is shown.
///
/// What has been handed to the system survives the end of the process, however it comes. What cannot
/// be written, as on a full disk, is said once, and waits in memory until there is room.
final class JournalWriter: Sendable {
  private struct Waiting {
    var lines: [String] = []
    var size = 0
    var isSaid = false
  }

  private let lines: JSONLines
  private let path: String
  private let complain: @Sendable (String) -> Void
  private let waiting = Mutex(Waiting())

  /// More than this does not wait.
  private static let mostWaiting = 16_000_000

  /// Begins the journal of a session in a folder.
  ///
  /// - Parameter complain: Is told when the journal cannot be written later on.
  /// - Throws: `cannot-write` with the reason.
  init(
    folder: String, header: DocumentHeader, time: Date = Date(),
    complain: @escaping @Sendable (String) -> Void = { _ in }
  ) throws(Failure) {
    self.complain = complain
    guard StateFolder.make(folder) else {
      throw Failure("cannot-write", "the folder \(folder) cannot be made")
    }
    path = folder + "/" + Self.name(time, process: getpid()) + ".jsonl"
    lines = try JSONLines(path: path)
    guard lines.lock() else { throw Failure("cannot-write", "another session writes \(path)") }
    put([
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
    put([("kind", .string("entry")), ("text", .string(input))])
  }

  func append(_ text: String) {
    put([("kind", .string("output")), ("text", .string(text))])
  }

  func end(isSuccess: Bool) {
    put([("kind", .string("result")), ("ok", .bool(isSuccess))])
  }

  /// The session was left as it should be; a journal of nothing is removed.
  func close(isEmpty: Bool) {
    if isEmpty { unlink(path) } else { put([("kind", .string("end"))]) }
  }

  /// Writes what waits, then a line; what fails waits for the next time.
  private func put(_ fields: [(String, JSON)]) {
    let line = JSONLines.line(fields)
    let news = waiting.withLock { waiting -> String? in
      waiting.lines.append(line)
      waiting.size += line.utf8.count
      do throws(Failure) {
        while let next = waiting.lines.first {
          try lines.append(line: next)
          waiting.lines.removeFirst()
          waiting.size -= next.utf8.count
        }
        defer { waiting.isSaid = false }
        return waiting.isSaid ? "the journal is written again, and nothing is missing" : nil
      } catch {
        if waiting.size > Self.mostWaiting {
          waiting = Waiting(isSaid: waiting.isSaid)
          return "the journal cannot hold what waited for room: a part of the session is lost; "
            + "`transcript` writes all of it"
        }
        defer { waiting.isSaid = true }
        return waiting.isSaid
          ? nil
          : "the journal \(path) cannot be written: \(error.message); `transcript` writes the "
            + "session elsewhere"
      }
    }
    if let news { complain(news) }
  }
}
