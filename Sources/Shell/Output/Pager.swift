import Foundation
import Language

/// Shows what is longer than the terminal a page at a time: with the user's `PAGER`, or its own.
final class Pager: Sendable {
  private let command: String?
  private let interruption: Interruption

  init(environment: [String: String], interruption: Interruption) {
    let own = environment["PAGER"] ?? ""
    command = own.isEmpty ? nil : own
    self.interruption = interruption
  }

  /// Whether a text is higher than the terminal.
  func isNeeded(for text: String) -> Bool {
    guard let size = Terminal.size(), isatty(STDIN_FILENO) == 1, size.rows > 2 else { return false }
    return Self.height(of: text, columns: size.columns, atMost: size.rows) >= size.rows
  }

  /// Shows a text; ends when the reader has seen enough.
  func show(_ text: String) {
    StandardStream.output.flush()
    if let command, run(command, text) { return }
    if ProcessInfo.processInfo.environment["TERM"] == "dumb" {
      StandardStream.output.writeStyled(text)
    } else {
      PagerSession(interruption: interruption).show(text)
    }
  }

  /// Pages with the user's program, which has to keep colours.
  private func run(_ command: String, _ text: String) -> Bool {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", command]
    var environment = ProcessInfo.processInfo.environment
    if environment["LESS"] == nil { environment["LESS"] = "-RFX" }
    process.environment = environment
    let pipe = Pipe()
    process.standardInput = pipe
    guard (try? process.run()) != nil else { return false }
    // The reader may leave before the end; what it did not want is dropped.
    try? pipe.fileHandleForWriting.write(contentsOf: Data(text.utf8))
    try? pipe.fileHandleForWriting.close()
    process.waitUntilExit()
    return process.terminationStatus != 127
  }

  /// Asks a question until a key says yes or no; nil where no key can be read.
  func confirm(_ question: String) -> Bool? {
    guard isatty(STDIN_FILENO) == 1 else { return nil }
    StandardStream.output.write(question + " [y/n] ")
    while true {
      let key = interruption.isRequested ? nil : RawKey.read()
      let answer: Bool
      switch key {
      case UInt8(ascii: "y"), UInt8(ascii: "Y"): answer = true
      case nil, UInt8(ascii: "n"), UInt8(ascii: "N"), 3, 4, 27: answer = false
      default: continue
      }
      StandardStream.output.write(answer ? "yes\n" : "no\n")
      return answer
    }
  }

  /// The rows that a text takes, counted until `limit` is reached.
  static func height(of text: String, columns: Int, atMost limit: Int) -> Int {
    var height = 0
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let width = DisplayWidth.of(withoutEscapes(line))
      height += max(1, (width + columns - 1) / max(1, columns))
      if height > limit { break }
    }
    return height
  }

  /// A line without its colour sequences.
  static func withoutEscapes(_ line: Substring) -> String {
    var plain = ""
    var isInside = false
    for scalar in line.unicodeScalars {
      if isInside {
        isInside = scalar != "m"
      } else if scalar == "\u{1B}" {
        isInside = true
      } else {
        plain.unicodeScalars.append(scalar)
      }
    }
    return plain
  }
}

/// Keys from the terminal, without waiting for the line's end.
enum RawKey {
  /// One key's first byte; nil when nothing can be read.
  static func read() -> UInt8? {
    withRawTerminal {
      var byte: UInt8 = 0
      return Glibc.read(STDIN_FILENO, &byte, 1) == 1 ? byte : nil
    } ?? nil
  }

  /// Does something while keys come as they are pressed; nil where that cannot be had.
  @discardableResult
  static func withRawTerminal<T>(_ body: () -> T) -> T? {
    var before = termios()
    guard tcgetattr(STDIN_FILENO, &before) == 0 else { return nil }
    var raw = before
    // Ctrl-C is a key here: its signal may come to a thread that waits for nothing.
    raw.c_lflag &= ~tcflag_t(ICANON | ECHO | ISIG)
    raw.c_iflag &= ~tcflag_t(IXON)
    guard tcsetattr(STDIN_FILENO, TCSADRAIN, &raw) == 0 else { return nil }
    defer { tcsetattr(STDIN_FILENO, TCSADRAIN, &before) }
    return body()
  }
}
