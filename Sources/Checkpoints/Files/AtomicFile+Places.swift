import Foundation

/// Writing at places instead of one byte behind the other.
extension AtomicFile {
  /// Gives the file so many bytes, for which the disk must have room.
  func reserve(_ size: Int) throws(CheckpointError) {
    let code = posix_fallocate(descriptor, 0, off_t(size))
    guard code == 0 else {
      throw .unwritable(file: url, reason: String(cString: strerror(code)))
    }
  }

  /// Cuts the file short.
  func cut(to size: Int) throws(CheckpointError) {
    guard ftruncate(descriptor, off_t(size)) == 0 else {
      throw .unwritable(file: url, reason: SystemError.reason)
    }
  }

  /// Writes bytes from memory at a place.
  func put(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(CheckpointError) {
    var (rest, place) = (bytes[...], offset)
    while !rest.isEmpty {
      let part = UnsafeRawBufferPointer(rebasing: rest)
      let count = pwrite(descriptor, part.baseAddress, part.count, off_t(place))
      if count < 0 {
        guard errno == EINTR else { throw .unwritable(file: url, reason: SystemError.reason) }
      } else {
        rest = rest.dropFirst(count)
        place += count
      }
    }
  }

  /// Copies bytes of the file to an earlier place of it.
  func move(_ range: Range<Int>, to offset: Int) throws(CheckpointError) {
    let piece = 1 << 20
    var buffer = [UInt8](repeating: 0, count: min(piece, range.count))
    var done = 0
    while done < range.count {
      let wanted = min(piece, range.count - done)
      let count = pread(descriptor, &buffer, wanted, off_t(range.lowerBound + done))
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw .unwritable(file: url, reason: SystemError.reason) }
      var failure: CheckpointError?
      buffer.withUnsafeBytes { bytes in
        do throws(CheckpointError) {
          try put(UnsafeRawBufferPointer(rebasing: bytes[..<count]), at: offset + done)
        } catch {
          failure = error
        }
      }
      if let failure { throw failure }
      done += count
    }
  }
}
