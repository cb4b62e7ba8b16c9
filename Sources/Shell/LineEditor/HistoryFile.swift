import Foundation
import Language

/// The entries of all sessions, one JSON object on each line, only ever added to.
struct HistoryFile {
  let path: String

  /// Only the end of a long history is read, so that the prompt is there at once.
  private static let readSize: UInt64 = 64_000

  /// The newest entries, the oldest first.
  func entries() -> [String] {
    guard let file = FileHandle(forReadingAtPath: path) else { return [] }
    defer { try? file.close() }
    let size = (try? file.seekToEnd()) ?? 0
    let start = size > Self.readSize ? size - Self.readSize : 0
    guard (try? file.seek(toOffset: start)) != nil, let data = try? file.readToEnd() else {
      return []
    }
    return JSONLines.objects(in: Array(data)).compactMap { $0["text"] as? String }
  }

  /// Adds an entry.
  func add(_ entry: String, time: Date = Date()) {
    JSONLines(path: path)?.append([
      ("text", .string(entry)), ("time", .number(time.timeIntervalSince1970.rounded())),
    ])
  }
}
