import Foundation
import Language

/// The entries of all sessions, one JSON object on each line, only ever added to.
struct HistoryFile {
  let path: String

  /// Only the end of a long history is read, so that the prompt is there at once.
  private static let readSize = 64_000

  /// The newest entries, the oldest first.
  func entries() -> [String] {
    guard let data = FileText.end(of: path, size: Self.readSize) else { return [] }
    return JSONLines.objects(in: data).compactMap { $0["text"] as? String }
  }

  /// Adds an entry.
  ///
  /// - Throws: `cannot-write` with the reason.
  func add(_ entry: String, time: Date = Date()) throws(Failure) {
    try JSONLines(path: path).append([
      ("text", .string(entry)), ("time", .number(time.timeIntervalSince1970.rounded())),
    ])
  }
}
