import Foundation

/// A file that is written beside its final place and put there only when it is complete.
///
/// Whoever reads the final place finds what was there before, or all of the new file, also after a
/// crash: the bytes are on the disk before the name points to them. What is not committed is removed.
public struct AtomicFile: ~Copyable {
  /// The final place.
  public let url: URL
  /// Which file may give way to a new one.
  public enum Replacing: Sendable {
    /// None.
    case none
    /// One that Sonde wrote, and that is as it wrote it.
    case own
    /// Any: for the files in which Sonde keeps what it knows.
    case any
  }

  private let overwrites: Bool
  private let temporary: String
  let descriptor: Int32

  /// Begins a file that is to lie at `url`.
  ///
  /// - Parameter overwrite: whether a file that Sonde wrote may be replaced.
  /// - Throws: `CheckpointError` when a file is there and must stay, or the folder cannot be written.
  public init(_ url: URL, overwrite: Bool) throws(CheckpointError) {
    try self.init(url, replacing: overwrite ? .own : .none)
  }

  /// Begins a file that is to lie at `url`.
  ///
  /// - Throws: `CheckpointError` when a file is there and must stay, or the folder cannot be written.
  public init(_ url: URL, replacing: Replacing) throws(CheckpointError) {
    // A link keeps pointing where it points; what lies there is replaced.
    let place = url.resolvingSymlinksInPath()
    let mode = try Self.mode(forReplacing: place, replacing)
    let folder = place.deletingLastPathComponent()
    Leftovers.clean(folder.path)
    let temporary = folder.appendingPathComponent(Leftovers.name()).path
    let descriptor = open(temporary, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw .unwritable(file: place, reason: SystemError.reason) }
    guard Leftovers.hold(descriptor, temporary) else {
      close(descriptor)
      throw .unwritable(file: place, reason: "its temporary file cannot be locked")
    }
    if let mode { fchmod(descriptor, mode) }
    self.url = place
    overwrites = replacing != .none
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
    try save(data, to: url, replacing: overwrite ? .own : .none)
  }

  /// Writes a whole file at once.
  ///
  /// - Throws: `CheckpointError` when that is not possible; then nothing has changed.
  public static func save(
    _ data: Data, to url: URL, replacing: Replacing
  ) throws(CheckpointError) {
    let file = try AtomicFile(url, replacing: replacing)
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
    if let hash = try? MappedFile(URL(fileURLWithPath: temporary)).sha256() {
      WrittenFiles.note(hash, at: url.path)
    }
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
    forReplacing place: URL, _ replacing: Replacing
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
    guard replacing != .none else { throw .alreadyExists(file: place) }
    if replacing == .own, !WrittenFiles.isOwn(place.path) { throw .foreign(file: place) }
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
