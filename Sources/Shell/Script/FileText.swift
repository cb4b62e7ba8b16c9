import Foundation

/// Files read whole, up to a limit, with a reason in words when that fails.
enum FileText {
  /// Why a file was not read.
  struct Problem: Error, Equatable {
    let message: String
    let help: String?
  }

  /// The bytes of a file.
  static func bytes(_ path: String, limit: Int) -> Result<[UInt8], Problem> {
    var status = stat()
    guard stat(path, &status) == 0 else { return .failure(reason(path)) }
    if status.st_mode & S_IFMT == S_IFDIR {
      return .failure(Problem(message: "`\(path)` is a folder", help: "name a file in it"))
    }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return .failure(reason(path)) }
    defer { close(descriptor) }
    return read(descriptor, name: "`\(path)`", limit: limit)
  }

  /// The bytes of a regular file; a pipe or a device is refused, since it may never end.
  static func regularBytes(_ path: String, limit: Int) -> Result<[UInt8], Problem> {
    guard let descriptor = openRegular(path) else {
      return .failure(Problem(message: "`\(path)` is no file that can be read", help: nil))
    }
    defer { close(descriptor) }
    return read(descriptor, name: "`\(path)`", limit: limit)
  }

  /// The last bytes of a regular file; nil where there is none.
  static func end(of path: String, size: Int) -> [UInt8]? {
    guard let descriptor = openRegular(path) else { return nil }
    defer { close(descriptor) }
    let length = lseek(descriptor, 0, SEEK_END)
    guard length >= 0, lseek(descriptor, max(0, length - off_t(size)), SEEK_SET) >= 0 else {
      return nil
    }
    // What another session adds meanwhile may come along.
    return try? read(descriptor, name: "`\(path)`", limit: size + 1_000_000).get()
  }

  private static func openRegular(_ path: String) -> Int32? {
    // Without O_NONBLOCK a pipe would wait here for its writer.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    var status = stat()
    if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG { return descriptor }
    close(descriptor)
    return nil
  }

  /// The text of a file; bytes that are not UTF-8 become replacement characters.
  static func text(_ path: String, limit: Int) -> Result<String, Problem> {
    bytes(path, limit: limit).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The bytes of standard input.
  static func standardInput(limit: Int) -> Result<[UInt8], Problem> {
    read(STDIN_FILENO, name: "standard input", limit: limit)
  }

  private static func read(
    _ descriptor: Int32, name: String, limit: Int
  ) -> Result<[UInt8], Problem> {
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(descriptor, &piece, piece.count)
      if count < 0, errno == EINTR { continue }
      if count < 0 { return .failure(reason(name)) }
      if count == 0 { return .success(bytes) }
      bytes += piece[..<count]
      if bytes.count > limit {
        return .failure(
          Problem(message: "\(name) is longer than \(limit / 1_000_000) MB", help: nil))
      }
    }
  }

  private static func reason(_ name: String) -> Problem {
    let quoted = name.hasPrefix("`") || name == "standard input" ? name : "`\(name)`"
    let why = String(cString: strerror(errno)).lowercased()
    return Problem(message: "cannot read \(quoted): \(why)", help: nil)
  }
}
