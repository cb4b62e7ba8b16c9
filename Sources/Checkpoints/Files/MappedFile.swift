import CMappings
import Foundation

/// A regular file, mapped into memory for reading.
///
/// Pages are read when they are first touched, so what another program writes into the file shows
/// here. `verify` tells: whoever computes with the bytes calls it when the result is there, and
/// believes the result only then. Pages that were cut off read as zeros. Replacing a file by renaming
/// another over it, as this module's writers do, is safe: the mapping keeps the old one.
final class MappedFile: @unchecked Sendable {
  let url: URL
  let bytes: UnsafeRawBufferPointer
  /// The last change at the time of opening, in nanoseconds since 1970.
  let modified: Int
  private let descriptor: Int32
  /// The file as it was when it was opened.
  private let opened: stat
  /// The mapping's number among those that are watched.
  private let watch: Int32

  init(_ url: URL) throws(CheckpointError) {
    // Without O_NONBLOCK a pipe in the file's place would hang here.
    let descriptor = open(url.path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      throw errno == ENOENT
        ? .notFound(file: url) : .unreadable(file: url, reason: SystemError.reason)
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      let reason = SystemError.reason
      close(descriptor)
      throw .unreadable(file: url, reason: reason)
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      let isFolder = status.st_mode & S_IFMT == S_IFDIR
      throw .unreadable(
        file: url, reason: isFolder ? "it is a folder, not a file" : "it is not a regular file")
    }
    let count = Int(status.st_size)
    if count == 0 {
      bytes = UnsafeRawBufferPointer(start: nil, count: 0)
      watch = -1
    } else {
      let address = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0)
      guard let address, address != MAP_FAILED else {
        let reason = SystemError.reason
        close(descriptor)
        throw .unreadable(file: url, reason: reason)
      }
      bytes = UnsafeRawBufferPointer(start: address, count: count)
      watch = sonde_mapping_watch(address, count)
    }
    self.url = url
    self.descriptor = descriptor
    opened = status
    modified = Int(status.st_mtim.tv_sec) &* 1_000_000_000 &+ Int(status.st_mtim.tv_nsec)
  }

  deinit {
    if let address = bytes.baseAddress {
      sonde_mapping_forget(watch)
      munmap(UnsafeMutableRawPointer(mutating: address), bytes.count)
    }
    close(descriptor)
  }

  /// Makes sure that the bytes are still those that were opened.
  ///
  /// - Throws: `changed` when they may have been written again.
  func verify() throws(CheckpointError) {
    var now = stat()
    guard sonde_mapping_is_torn(watch) == 0, fstat(descriptor, &now) == 0, isSame(now) else {
      throw .changed(file: url)
    }
  }

  /// Whether nobody has written.
  ///
  /// Who writes may set the time back, but not that of the last change of the entry; that one moves
  /// too when only the name, the owner or the permissions change.
  private func isSame(_ now: stat) -> Bool {
    guard now.st_size == opened.st_size, Self.isSame(now.st_mtim, opened.st_mtim) else {
      return false
    }
    return Self.isSame(now.st_ctim, opened.st_ctim) || now.st_nlink != opened.st_nlink
      || now.st_mode != opened.st_mode || now.st_uid != opened.st_uid
      || now.st_gid != opened.st_gid || !isNamed(now)
  }

  private static func isSame(_ one: timespec, _ other: timespec) -> Bool {
    one.tv_sec == other.tv_sec && one.tv_nsec == other.tv_nsec
  }

  /// Whether the path still leads to this file.
  private func isNamed(_ now: stat) -> Bool {
    var named = stat()
    return stat(url.path, &named) == 0 && named.st_ino == now.st_ino && named.st_dev == now.st_dev
  }

  /// The SHA-256 of the bytes, in hexadecimal.
  ///
  /// - Throws: `CheckpointError` when they cannot be read, or were written meanwhile.
  func sha256() throws -> String {
    var hash = SHA256()
    try stream { hash.update($0) }
    try verify()
    return hash.hexadecimal()
  }

  /// Reads the file in pieces through its descriptor, which leaves nothing resident.
  func stream(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)
    defer { piece.deallocate() }
    var offset = 0
    while offset < bytes.count {
      let count = pread(descriptor, piece.baseAddress, piece.count, off_t(offset))
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        let reason = count < 0 ? SystemError.reason : "it was cut short while it was being read"
        throw CheckpointError.unreadable(file: url, reason: reason)
      }
      try body(UnsafeRawBufferPointer(rebasing: piece[..<count]))
      offset += count
    }
  }
}
