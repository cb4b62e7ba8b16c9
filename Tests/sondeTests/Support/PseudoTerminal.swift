import Foundation
import TestSupport
import Testing

/// A program at a terminal of its own, whose keys a test presses and whose screen it sees.
final class PseudoTerminal {
  private let folder: TemporaryFolder
  private let terminal: Int32
  private let process: pid_t
  private(set) var screen: Screen
  private var bytes: [UInt8] = []
  private var status: Int32?

  private static let patience = 60.0

  /// Runs the program in a folder, which also holds its history.
  init(
    _ arguments: [String] = [], in folder: TemporaryFolder, columns: Int = 80, rows: Int = 24
  ) throws {
    self.folder = folder
    terminal = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    try #require(terminal >= 0)
    var number: Int32 = 0
    var isLocked: Int32 = 0
    try #require(ioctl(terminal, Self.unlock, &isLocked) == 0)
    try #require(ioctl(terminal, Self.number, &number) == 0)
    screen = Screen(columns: columns, rows: rows)
    var size = winsize(
      ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    try #require(ioctl(terminal, UInt(TIOCSWINSZ), &size) == 0)
    process = try Self.spawn(
      [ProgramRun.program.path] + arguments,
      environment: [
        "TERM=xterm", "LC_ALL=C.UTF-8", "HOME=" + folder.url.path,
        "PATH=" + (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"),
      ], at: "/dev/pts/\(number)")
  }

  deinit {
    if status == nil { kill() }
    close(terminal)
  }

  // Linux's requests for pseudo-terminals, and the flag of a new session, which Glibc's Swift module
  // does not name.
  private static let unlock: UInt = 0x4004_5431
  private static let number: UInt = 0x8004_5430
  private static let newSession: Int16 = 0x80

  /// Starts a program whose terminal is `path`: a session's leader that opens one controls it.
  private static func spawn(
    _ words: [String], environment: [String], at path: String
  ) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    posix_spawnattr_setflags(&attributes, newSession)
    posix_spawn_file_actions_addopen(&actions, 0, path, O_RDWR, 0)
    posix_spawn_file_actions_adddup2(&actions, 0, 1)
    posix_spawn_file_actions_adddup2(&actions, 0, 2)
    let arguments = words.map { strdup($0) } + [nil]
    let variables = environment.map { strdup($0) } + [nil]
    defer { for text in arguments + variables { free(text) } }
    var process: pid_t = 0
    try #require(
      posix_spawn(&process, words[0], &actions, &attributes, arguments, variables) == 0)
    return process
  }

  /// Presses keys, all in one write.
  func type(_ text: String) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(terminal, $0.baseAddress, $0.count) }
      if count <= 0 { return }
      rest = rest.dropFirst(count)
    }
  }

  /// Waits until the screen is as wanted; records an issue when it does not come to that.
  func see(
    _ what: String, _ place: SourceLocation = #_sourceLocation, _ isSeen: (Screen) -> Bool
  ) {
    let end = Date().addingTimeInterval(Self.patience)
    while !isSeen(screen) {
      if Date() > end || !take(within: 200) && status != nil {
        let shown = screen.lines.joined(separator: "\n")
        Issue.record("not seen: \(what)\n\(shown)", sourceLocation: place)
        return
      }
    }
  }

  /// Waits for a row that is, or for one that contains, some text.
  func see(_ text: String, _ place: SourceLocation = #_sourceLocation) {
    see(text, place) { $0.lines.contains { $0.contains(text) } }
  }

  /// Waits until the cursor's row is this one.
  func seeLine(_ text: String, _ place: SourceLocation = #_sourceLocation) {
    see("the line \(text)", place) { $0.line == text }
  }

  /// Waits for the end of the program, and gives its status.
  func ended() -> Int32 {
    while status == nil, take(within: 200) || isRunning {}
    return status ?? -1
  }

  /// Ends the program as nothing can prevent.
  func kill() {
    Glibc.kill(process, SIGKILL)
    _ = ended()
  }

  /// Changes the width of the window.
  func resize(columns: Int) {
    var size = winsize(
      ws_row: UInt16(screen.cells.count), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(terminal, UInt(TIOCSWINSZ), &size)
    screen.resize(columns: columns)
  }

  private var isRunning: Bool {
    var code: Int32 = 0
    guard status == nil, waitpid(process, &code, WNOHANG) == process else { return status == nil }
    status = code & 0x7F == 0 ? code >> 8 & 0xFF : 128 + code & 0x7F
    return false
  }

  /// Takes in what has come; false when nothing came in time.
  private func take(within milliseconds: Int32) -> Bool {
    var waiting = pollfd(fd: terminal, events: Int16(POLLIN), revents: 0)
    guard poll(&waiting, 1, milliseconds) > 0 else {
      _ = isRunning
      return false
    }
    var piece = [UInt8](repeating: 0, count: 65_536)
    let count = read(terminal, &piece, piece.count)
    guard count > 0 else {
      _ = isRunning
      if status == nil { usleep(10_000) }
      return false
    }
    bytes += piece[..<count]
    // A character may have come in part.
    let whole = bytes.count - Self.openBytes(bytes)
    screen.write(String(decoding: bytes[..<whole], as: UTF8.self))
    bytes.removeFirst(whole)
    return true
  }

  /// How many bytes at the end begin a character that is not whole yet.
  private static func openBytes(_ bytes: [UInt8]) -> Int {
    for (count, byte) in bytes.suffix(3).reversed().enumerated() where byte & 0xC0 != 0x80 {
      let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1
      return length > count + 1 ? count + 1 : 0
    }
    return 0
  }
}
