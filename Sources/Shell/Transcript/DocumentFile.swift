import Foundation
import Language

/// Writes documents so that a file is there whole or not at all.
enum DocumentFile {
  /// Writes a text; fails when the file is there, unless it may be replaced.
  ///
  /// `name` is the path as it was given.
  static func write(
    _ text: String, to path: String, named name: String, replaces: Bool
  ) throws(Failure) {
    if !replaces, FileManager.default.fileExists(atPath: path) {
      throw Failure(
        "file-exists", "`\(name)` is already there", argument: "path",
        help: "choose another name, or pass `overwrite: true`")
    }
    let temporary = path + ".\(getpid()).tmp"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw problem(name) }
    let bytes = Array(text.utf8)
    var start = 0
    while start < bytes.count {
      let count = bytes[start...].withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress, $0.count)
      }
      if count < 0, errno != EINTR { break }
      start += max(0, count)
    }
    let isWhole = start == bytes.count && fsync(descriptor) == 0
    let reason = errno
    close(descriptor)
    guard isWhole, rename(temporary, path) == 0 else {
      let cause = isWhole ? errno : reason
      unlink(temporary)
      errno = cause
      throw problem(name)
    }
  }

  private static func problem(_ name: String) -> Failure {
    let why = String(cString: strerror(errno)).lowercased()
    return Failure("cannot-write", "cannot write `\(name)`: \(why)", argument: "path")
  }
}
