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
  private let state: EditorState

  /// Makes an editor; nil when the terminal cannot be set up.
  ///
  /// `wasInterrupted` tells, and forgets, whether Ctrl-C was pressed; `wake` is readable from then
  /// on.
  init?(
    assistant: any EditingAssistant, wake: Int32, wasInterrupted: @escaping () -> Bool
  ) {
    Self.chooseLocale()
    guard let editor = sonde_el_open("sonde") else { return nil }
    self.editor = editor
    state = EditorState(
      assistant: assistant,
      keys: KeyInput(STDIN_FILENO, wake: wake, wasInterrupted: wasInterrupted))
    sonde_el_set_string(editor, EL_EDITOR, "emacs")
    sonde_el_set_int(editor, EL_SIGNAL, 1)
    // Ctrl-S is a key of the search, and must not stop the terminal.
    sonde_el_set_terminal(editor, "-ixon")
    sonde_el_set_client(editor, Unmanaged.passUnretained(state).toOpaque())
    KeyBindings.install(in: editor)
    KeyReader.install(in: editor)
    el_source(editor, nil)
  }

  deinit { el_end(editor) }

  /// Characters are UTF-8 whatever the locale says: in the C locale libedit drops all others.
  private static func chooseLocale() {
    setlocale(LC_CTYPE, "")
    if String(cString: nl_langinfo(Int32(CODESET))) != "UTF-8" { setlocale(LC_CTYPE, "C.UTF-8") }
  }

  /// Reads an entry.
  ///
  /// `prompt` may hold colour sequences, each enclosed by `\u{1}`; `width` is what it takes without
  /// them.
  func read(prompt: String, width: Int) -> Line {
    state.prompt.set(prompt)
    state.promptWidth = width
    state.begin()
    Self.setBracketedPaste(true)
    defer { Self.setBracketedPaste(false) }
    var count: Int32 = 0
    let line = el_gets(editor, &count)
    fflush(nil)
    if state.wasLeft { return .interrupted }
    if let line, count > 0 { return .entry(Self.withoutBreak(String(cString: line))) }
    StandardStream.output.write("\n")
    guard state.isLeaving else { return .end }
    el_reset(editor)
    return .interrupted
  }

  /// Adds an entry to those that Up finds.
  func remember(_ entry: String) { state.history.remember(entry) }

  private static func withoutBreak(_ line: String) -> String {
    line.hasSuffix("\n") ? String(line.dropLast()) : line
  }

  /// Asks the terminal to mark pasted text, so that a pasted tab or line break is only text.
  private static func setBracketedPaste(_ isOn: Bool) {
    if ProcessInfo.processInfo.environment["TERM"] == "dumb" { return }
    StandardStream.output.writeStyled(isOn ? "\u{1B}[?2004h" : "\u{1B}[?2004l")
  }
}
