import Foundation

/// A file that is written beside its final place and put there only when it is complete.
///
/// Whoever reads the final place finds what was there before, or all of the new file, also after a
/// crash: the bytes are on the disk before the name points to them. What is not committed is removed.
public struct AtomicFile: ~Copyable {
  /// The final place.
  public let url: URL
  private let overwrites: Bool
  private let temporary: String
  let descriptor: Int32

  /// Begins a file that is to lie at `url`.
  ///
  /// - Parameter overwrite: whether a file that is already there may be replaced.
  /// - Throws: `CheckpointError` when a file is there and must stay, or the folder cannot be written.
  public init(_ url: URL, overwrite: Bool) throws(CheckpointError) {
    // A link keeps pointing where it points; what lies there is replaced.
    let place = url.resolvingSymlinksInPath()
    let mode = try Self.mode(forReplacing: place, overwrite: overwrite)
    let name = ".sonde-\(UInt64.random(in: 0...UInt64.max))"
    let temporary = place.deletingLastPathComponent().appendingPathComponent(name).path
    let descriptor = open(temporary, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw .unwritable(file: place, reason: SystemError.reason) }
    if let mode { fchmod(descriptor, mode) }
    self.url = place
    self.overwrites = overwrite
    self.temporary = temporary
    self.descriptor = descriptor
  }

  deinit {
    close(descriptor)
    unlink(temporary)
  }

  /// Writes a whole file at once.
  ///
  /// - Throws: `CheckpointError` when that is not possible; then nothing has changed.
  public static func save(
    _ data: Data, to url: URL, overwrite: Bool
  ) throws(CheckpointError) {
    let file = try AtomicFile(url, overwrite: overwrite)
    try file.append(data)
    try file.commit()
  }

  /// Writes the next bytes.
  ///
  /// - Throws: `CheckpointError` when the disk is full or broken.
  public func append(_ data: Data) throws(CheckpointError) {
    let reason = data.withUnsafeBytes { bytes in failure(ofWriting: bytes) }
    if let reason { throw .unwritable(file: url, reason: reason) }
  }

  /// Writes the next bytes from memory.
  func append(_ bytes: UnsafeRawBufferPointer) throws(CheckpointError) {
    if let reason = failure(ofWriting: bytes) { throw .unwritable(file: url, reason: reason) }
  }

  private func failure(ofWriting bytes: UnsafeRawBufferPointer) -> String? {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
      if count < 0 {
        guard errno == EINTR else { return SystemError.reason }
      } else {
        rest = rest.dropFirst(count)
      }
    }
    return nil
  }

  /// Puts the file in its final place.
  ///
  /// - Throws: `CheckpointError` when the bytes do not reach the disk, or another file has appeared
  ///   there that must stay.
  public consuming func commit() throws(CheckpointError) {
    guard fsync(descriptor) == 0 else { throw .unwritable(file: url, reason: SystemError.reason) }
    // Unlike renaming, linking fails when the name is taken; the temporary name goes with `self`.
    // Some file systems have no links: there a file that appears just now is replaced.
    if !overwrites {
      if link(temporary, url.path) == 0 { return Self.synchronizeFolder(of: url) }
      if errno == EEXIST { throw .alreadyExists(file: url) }
    }
    guard rename(temporary, url.path) == 0 else {
      throw .unwritable(file: url, reason: SystemError.reason)
    }
    Self.synchronizeFolder(of: url)
  }

  /// The permissions of the file that will be replaced, nil where there is none.
  private static func mode(
    forReplacing place: URL, overwrite: Bool
  ) throws(CheckpointError) -> mode_t? {
    var status = stat()
    guard stat(place.path, &status) == 0 else {
      if errno == ENOENT { return nil }
      throw .unwritable(file: place, reason: SystemError.reason)
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw .unwritable(file: place, reason: "it is a folder")
    default: throw .unwritable(file: place, reason: "it is not a regular file")
    }
    guard overwrite else { throw .alreadyExists(file: place) }
    guard access(place.path, W_OK) == 0 else {
      throw .unwritable(file: place, reason: SystemError.reason)
    }
    return status.st_mode & 0o777
  }

  /// Makes the new name last.
  ///
  /// Some file systems cannot, and do it by themselves.
  private static func synchronizeFolder(of place: URL) {
    let folder = open(place.deletingLastPathComponent().path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { return }
    fsync(folder)
    close(folder)
  }
}
