import Foundation
import Language
import Synchronization

/// A file of one JSON object on each line, to which is only ever added.
///
/// A line goes out in one call, so that lines of two sessions do not mix. One that was cut off, when a
/// machine stopped or a disk was full, is skipped by the reader, and the next begins on a line of its
/// own.
final class JSONLines: Sendable {
  private let descriptor: Int32
  /// Whether the file ends in a part of a line.
  private let isTorn: Mutex<Bool>

  /// Opens a regular file for adding, made for its owner alone where it is not there.
  ///
  /// - Throws: `cannot-write` with the reason.
  init(path: String) throws(Failure) {
    // Without O_NONBLOCK a pipe in the file's place would hang here.
    let descriptor = open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0o600)
    guard descriptor >= 0 else { throw Self.failure(String(cString: strerror(errno)).lowercased()) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw Self.failure("it is not a regular file")
    }
    var last: UInt8 = 0
    let isTorn =
      status.st_size > 0 && pread(descriptor, &last, 1, status.st_size - 1) == 1
      && last != UInt8(ascii: "\n")
    self.descriptor = descriptor
    self.isTorn = Mutex(isTorn)
  }

  deinit { close(descriptor) }

  /// Adds an object.
  ///
  /// - Throws: `cannot-write` with the reason.
  func append(_ fields: [(String, JSON)]) throws(Failure) { try append(line: Self.line(fields)) }

  /// Adds a line as `line` gives it.
  ///
  /// - Throws: `cannot-write` with the reason.
  func append(line: String) throws(Failure) {
    let reason = isTorn.withLock { isTorn -> Int32? in
      let bytes = Array(((isTorn ? "\n" : "") + line).utf8)
      var start = 0
      while start < bytes.count {
        let count = bytes[start...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        if count < 0, errno != EINTR {
          let reason = errno
          isTorn = isTorn || start > 0
          return reason
        }
        start += max(0, count)
      }
      isTorn = false
      return nil
    }
    if let reason { throw Self.failure(String(cString: strerror(reason)).lowercased()) }
  }

  /// An object as a line.
  static func line(_ fields: [(String, JSON)]) -> String { JSON.object(fields).text + "\n" }

  /// Keeps other processes from taking the file; false when one has it already.
  func lock() -> Bool { flock(descriptor, LOCK_EX | LOCK_NB) == 0 }

  /// The objects of a text; lines that are damaged are left out.
  static func objects(in bytes: [UInt8]) -> [[String: Any]] {
    bytes.split(separator: UInt8(ascii: "\n")).compactMap { line in
      (try? JSONSerialization.jsonObject(with: Data(line))) as? [String: Any]
    }
  }

  private static func failure(_ reason: String) -> Failure { Failure("cannot-write", reason) }
}
