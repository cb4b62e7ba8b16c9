import Foundation

/// A regular file, mapped into memory for reading.
///
/// Pages are read when they are first touched. The size is the one at the time of opening: a file
/// that another program cuts short while it is mapped ends this process with SIGBUS when the lost
/// pages are touched, as it does every program that maps files. Replacing a file by renaming another
/// over it, as this module's writers do, is safe: the mapping keeps the old one.
final class MappedFile: @unchecked Sendable {
  let url: URL
  let bytes: UnsafeRawBufferPointer
  /// The last change at the time of opening, in nanoseconds since 1970.
  let modified: Int
  private let descriptor: Int32

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
    } else {
      let address = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0)
      guard let address, address != MAP_FAILED else {
        let reason = SystemError.reason
        close(descriptor)
        throw .unreadable(file: url, reason: reason)
      }
      bytes = UnsafeRawBufferPointer(start: address, count: count)
    }
    self.url = url
    self.descriptor = descriptor
    modified = Int(status.st_mtim.tv_sec) &* 1_000_000_000 &+ Int(status.st_mtim.tv_nsec)
  }

  deinit {
    if let address = bytes.baseAddress {
      munmap(UnsafeMutableRawPointer(mutating: address), bytes.count)
    }
    close(descriptor)
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
