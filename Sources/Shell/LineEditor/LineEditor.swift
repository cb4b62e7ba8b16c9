import CLineEdit
import Foundation

/// Reads entries of one or more lines from the terminal, by libedit.
///
/// Only a session at a terminal makes one.
final class LineEditor {
  /// What came of reading.
  enum Line: Equatable {
    case entry(String)
    /// Ctrl-C: the line is dropped.
    case interrupted
    /// Ctrl-D on an empty line, or the terminal is gone.
    case end
  }

  private let editor: OpaquePointer
  private let history: OpaquePointer
  private let state: EditorState
  private let wasInterrupted: () -> Bool

  private static let historySize: Int32 = 5_000

  /// Makes an editor; nil when the terminal cannot be set up.
  ///
  /// `wasInterrupted` tells, and forgets, whether Ctrl-C was pressed.
  init?(assistant: any EditingAssistant, wasInterrupted: @escaping () -> Bool) {
    Self.chooseLocale()
    guard let editor = sonde_el_open("sonde") else { return nil }
    guard let history = history_init() else {
      el_end(editor)
      return nil
    }
    self.editor = editor
    self.history = history
    self.wasInterrupted = wasInterrupted
    state = EditorState(assistant: assistant)
    sonde_history_int(history, H_SETSIZE, Self.historySize)
    sonde_history_int(history, H_SETUNIQUE, 1)
    sonde_el_set_string(editor, EL_EDITOR, "emacs")
    sonde_el_set_int(editor, EL_SIGNAL, 1)
    sonde_el_set_client(editor, Unmanaged.passUnretained(state).toOpaque())
    sonde_el_use_history(editor, history)
    KeyBindings.install(in: editor)
    el_source(editor, nil)
  }

  deinit {
    el_end(editor)
    history_end(history)
  }

  /// Characters are UTF-8 whatever the locale says: in the C locale libedit drops all others.
  private static func chooseLocale() {
    setlocale(LC_CTYPE, "")
    if String(cString: nl_langinfo(Int32(CODESET))) != "UTF-8" { setlocale(LC_CTYPE, "C.UTF-8") }
  }

  /// Reads an entry.
  ///
  /// `prompt` may hold colour sequences, each enclosed by `\u{1}`.
  func read(prompt: String) -> Line {
    state.prompt.set(prompt)
    Self.setBracketedPaste(true)
    defer { Self.setBracketedPaste(false) }
    while true {
      var count: Int32 = 0
      errno = 0
      let line = el_gets(editor, &count)
      fflush(nil)
      if let line, count > 0 { return .entry(Self.withoutBreak(String(cString: line))) }
      if wasInterrupted() {
        el_reset(editor)
        StandardStream.output.write("\n")
        return .interrupted
      }
      // Stopped and continued, or the window changed its size: go on reading.
      if count < 0, errno == EINTR { continue }
      StandardStream.output.write("\n")
      return .end
    }
  }

  /// Adds an entry to those that Up finds.
  func remember(_ entry: String) { sonde_history_string(history, H_ENTER, entry) }

  private static func withoutBreak(_ line: String) -> String {
    line.hasSuffix("\n") ? String(line.dropLast()) : line
  }

  /// Asks the terminal to mark pasted text, so that a pasted tab or line break is only text.
  private static func setBracketedPaste(_ isOn: Bool) {
    if ProcessInfo.processInfo.environment["TERM"] == "dumb" { return }
    StandardStream.output.write(isOn ? "\u{1B}[?2004h" : "\u{1B}[?2004l")
  }
}
