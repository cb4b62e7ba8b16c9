import Foundation
import Language

/// A file of one JSON object on each line, to which is only ever added.
///
/// A line goes out in one call, so that lines of two sessions do not mix, and one that was cut off
/// when a machine stopped is skipped by the reader.
final class JSONLines: Sendable {
  private let descriptor: Int32

  /// Opens a file for adding, made for its owner alone where it is not there; nil when that fails.
  init?(path: String) {
    descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
    if descriptor < 0 { return nil }
  }

  deinit { close(descriptor) }

  /// Adds an object.
  ///
  /// Gives false when it could not be written.
  @discardableResult
  func append(_ fields: [(String, JSON)]) -> Bool {
    let bytes = Array((JSON.object(fields).text + "\n").utf8)
    var start = 0
    while start < bytes.count {
      let count = bytes[start...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno != EINTR { return false }
      start += max(0, count)
    }
    return true
  }

  /// Keeps other processes from taking the file; false when one has it already.
  func lock() -> Bool { flock(descriptor, LOCK_EX | LOCK_NB) == 0 }

  /// The objects of a text; lines that are damaged are left out.
  static func objects(in bytes: [UInt8]) -> [[String: Any]] {
    bytes.split(separator: UInt8(ascii: "\n")).compactMap { line in
      (try? JSONSerialization.jsonObject(with: Data(line))) as? [String: Any]
    }
  }
}
