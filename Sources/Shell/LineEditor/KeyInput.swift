import Foundation

/// Keys from the terminal, a character at a time.
///
/// Ctrl-C comes before every byte that was typed after it, also one that the same read has brought.
final class KeyInput {
  /// What is given before anything more is read.
  private var queue: [Unicode.Scalar] = []
  /// Bytes that were typed after a Ctrl-C that has not been answered yet.
  private var held: [UInt8] = []
  private let descriptor: Int32
  private let wake: Int32
  private let wasInterrupted: () -> Bool

  /// Reads from `descriptor`; `wake` becomes readable when `wasInterrupted` becomes true.
  init(_ descriptor: Int32, wake: Int32, wasInterrupted: @escaping () -> Bool) {
    self.descriptor = descriptor
    self.wake = wake
    self.wasInterrupted = wasInterrupted
  }

  /// Why there is no character.
  enum Stop: Error {
    case interrupted
    case end
    /// The window changed its size, or the process was stopped and goes on.
    case disturbed
  }

  /// What an escape key on its own is told from the start of a sequence by, in milliseconds.
  private static let pause: Int32 = 50

  /// Gives the characters of a key before anything more is read.
  func push(_ key: String) { queue += Array(key.unicodeScalars) }

  /// The next character that was pushed; nil where none is left.
  func pushed() -> Unicode.Scalar? { queue.isEmpty ? nil : queue.removeFirst() }

  /// Whether something can be read without waiting.
  var isPending: Bool { !held.isEmpty || isReadable(within: 0) }

  /// Whether an escape character that was just read stands alone.
  var isLoneEscape: Bool { held.isEmpty && !isReadable(within: Self.pause) }

  /// Reads the next character; bytes that are not UTF-8 become replacement characters.
  ///
  /// Throws `disturbed` when none comes within so many milliseconds; -1 waits for ever.
  func next(within milliseconds: Int32 = -1) throws(Stop) -> Unicode.Scalar {
    var bytes = [try nextByte(within: milliseconds)]
    let count = Self.length(bytes[0])
    while bytes.count < count { bytes.append(try nextByte(within: -1)) }
    return String(decoding: bytes, as: UTF8.self).unicodeScalars.first ?? "\u{FFFD}"
  }

  private static func length(_ first: UInt8) -> Int {
    switch first {
    case 0xC2...0xDF: 2
    case 0xE0...0xEF: 3
    case 0xF0...0xF4: 4
    default: 1
    }
  }

  private func nextByte(within milliseconds: Int32) throws(Stop) -> UInt8 {
    if wasInterrupted() { throw .interrupted }
    if !held.isEmpty { return held.removeFirst() }
    var waiting = [
      pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
      pollfd(fd: wake, events: Int16(POLLIN), revents: 0),
    ]
    let count = poll(&waiting, 2, milliseconds)
    let wasDisturbed = count == 0 || count < 0 && errno == EINTR
    if wasInterrupted() { throw .interrupted }
    if wasDisturbed { throw .disturbed }
    var byte: UInt8 = 0
    let got = read(descriptor, &byte, 1)
    let isEnd = got == 0 || got < 0 && errno != EINTR
    if wasInterrupted() {
      if got == 1 { held.append(byte) }
      throw .interrupted
    }
    if isEnd { throw .end }
    if got < 0 { throw .disturbed }
    return byte
  }

  private func isReadable(within milliseconds: Int32) -> Bool {
    var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&waiting, 1, milliseconds) > 0
  }
}
