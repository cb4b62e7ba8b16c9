import Foundation
import Language
import Synchronization

/// Standard output or error, written in large pieces where nobody watches.
final class StandardStream: Sendable {
  static let output = StandardStream(STDOUT_FILENO)
  static let error = StandardStream(STDERR_FILENO)

  private let descriptor: Int32
  /// Whether it is a terminal.
  let isTerminal: Bool
  /// Whether another program reads it.
  let isPipe: Bool
  private let pending = Mutex<[UInt8]>([])

  private static let capacity = 1 << 16

  private init(_ descriptor: Int32) {
    self.descriptor = descriptor
    isTerminal = isatty(descriptor) == 1
    var status = stat()
    isPipe = fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO
  }

  /// Writes text, to a terminal with everything visible that it would obey; to a file as it is.
  func write(_ text: String) { writeStyled(isTerminal ? VisibleText.lines(text) : text) }

  /// Writes text whose control sequences are Sonde's own; on a terminal and on standard error at once.
  func writeStyled(_ text: String) {
    pending.withLock { bytes in
      bytes += Array(text.utf8)
      if isTerminal || descriptor == STDERR_FILENO || bytes.count >= Self.capacity {
        send(&bytes)
      }
    }
  }

  /// Writes what is still held back.
  func flush() { pending.withLock { send(&$0) } }

  private func send(_ bytes: inout [UInt8]) {
    var start = 0
    while start < bytes.count {
      // Whoever asks a run to stop at a terminal does not want to see its long text to the end.
      if isTerminal, start > 0, Interruption.isCurrentRequested { break }
      let count = bytes[start..<min(start + Self.capacity, bytes.count)].withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress, $0.count)
      }
      if count >= 0 {
        start += count
      } else if errno == EAGAIN {
        var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&waiting, 1, 1_000)
      } else if errno != EINTR {
        give(up: errno)
      }
    }
    bytes.removeAll(keepingCapacity: true)
  }

  /// Nobody reads any more: leave as a program does that the signal ends.
  ///
  /// A full disk is a failure.
  private func give(up reason: Int32) {
    if descriptor == STDOUT_FILENO, reason != EPIPE {
      let message = "sonde: cannot write to standard output: \(String(cString: strerror(reason)))\n"
      _ = message.withCString { Glibc.write(STDERR_FILENO, $0, strlen($0)) }
      exit(1)
    }
    exit(reason == EPIPE ? 141 : 1)
  }
}
