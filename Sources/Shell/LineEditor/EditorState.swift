import CLineEdit
import Foundation
import Language

/// What the editor asks while a line is typed.
protocol EditingAssistant: AnyObject {
  /// What Enter does with the text.
  func readiness(of text: String) -> Readiness
  /// What may stand at the cursor.
  func completion(_ text: String, cursor: Int) -> Completion
  /// How the command at the cursor is called; empty for nothing to say.
  func hint(_ text: String, cursor: Int) -> String
}

/// What Enter does with an entry.
enum Readiness: Equatable {
  /// It runs.
  case ready
  /// It gets a further line.
  case open
  /// It stays as it is, for it is open and has a fault that more text will not mend: the fault as
  /// it is shown.
  case faulty(String)
}

/// What libedit's callbacks need, found through the editor's client pointer.
final class EditorState {
  let assistant: any EditingAssistant
  let keys: KeyInput
  let prompt = HeldString()
  /// The columns of the prompt.
  var promptWidth = 0
  var history = HistoryWalk()
  /// The search that goes on, and the step that it has to take next.
  var search: HistorySearch?
  var searchStep = HistorySearch.Step.keep
  /// Whether Ctrl-C was pressed and the entry is to be left; then whether it was.
  var isLeaving = false
  var wasLeft = false
  /// Whether the terminal gives nothing more.
  var isAtEnd = false
  private var overlay = Overlay()
  /// The columns for which the screen was drawn.
  private var columns = 0
  private let hasOverlay: Bool

  init(assistant: any EditingAssistant, keys: KeyInput) {
    self.assistant = assistant
    self.keys = keys
    let terminal = ProcessInfo.processInfo.environment["TERM"] ?? ""
    hasOverlay = !terminal.isEmpty && terminal != "dumb"
  }

  /// Makes ready for an entry.
  func begin() {
    history.end()
    (search, isLeaving, wasLeft, overlay) = (nil, false, false, Overlay())
  }

  /// The state of an editor; nil only while the editor is being made.
  static func of(_ editor: OpaquePointer?) -> EditorState? {
    guard let editor, let client = sonde_el_client(editor) else { return nil }
    return Unmanaged<EditorState>.fromOpaque(client).takeUnretainedValue()
  }
}

// MARK: What stands on the screen besides the entry

extension EditorState {
  /// Where the entry stands.
  func layout(of line: EditedLine) -> EntryLayout {
    EntryLayout(
      promptWidth: promptWidth, before: line.before, after: line.after,
      columns: Terminal.size()?.columns ?? 80)
  }

  /// Draws hint and marks; the hint takes at most half the width, the words of a search what is free.
  func showOverlay(_ editor: OpaquePointer) {
    guard hasOverlay, let size = Terminal.size() else { return }
    columns = size.columns
    let line = EditedLine(editor)
    var hint = search?.status ?? ""
    if search == nil, !line.text.isEmpty {
      hint = DisplayWidth.truncate(
        assistant.hint(line.text, cursor: line.cursor), size.columns / 2)
    }
    let wanted = Overlay(
      layout(of: line), hint: hint, mayBeCut: search != nil, rows: size.rows)
    if wanted == overlay { return }
    StandardStream.output.writeStyled(overlay.erasure + wanted.drawing)
    overlay = wanted
  }

  /// Takes hint and marks away before a key is followed.
  ///
  /// A letter at the end of the entry draws itself and nothing else, so that they may stay.
  func hideOverlay(unlessKeptBy key: Unicode.Scalar, _ editor: OpaquePointer) {
    if overlay.isEmpty { return }
    let line = EditedLine(editor)
    let isPlain = key.isASCII && key.value >= 0x20 && key.value != 0x7F
    if isPlain, search == nil, line.after.isEmpty, !KeyBindings.closingKeys.contains(String(key)),
      layout(of: line).cursorColumn + 1 < overlay.limit
    {
      return
    }
    hideOverlay()
  }

  /// Mends the screen after a signal: the window has another size, or the process was put to sleep
  /// and goes on below what others wrote.
  func redraw(_ editor: OpaquePointer) {
    if let size = Terminal.size(), size.columns != columns {
      // Where the terminal has put the hint nobody knows, but it stands behind the cursor.
      if !overlay.isEmpty, EditedLine(editor).after.isEmpty {
        StandardStream.output.writeStyled("\u{1B}[J")
      }
    } else {
      StandardStream.output.writeStyled("\r")
      sonde_el_draw(editor)
    }
    overlay = Overlay()
  }

  /// Takes hint and marks away.
  func hideOverlay() {
    StandardStream.output.writeStyled(overlay.erasure)
    overlay = Overlay()
  }
}

/// A string that C code may read until the next one is set.
final class HeldString {
  private(set) var pointer: UnsafeMutablePointer<CChar>?

  func set(_ text: String) {
    free(pointer)
    pointer = strdup(text)
  }

  deinit { free(pointer) }
}

/// The text in the editor, split at the cursor.
struct EditedLine {
  let before: String
  let after: String

  init(_ editor: OpaquePointer?) {
    guard let editor, let info = el_line(editor)?.pointee, let start = info.buffer,
      let cursor = info.cursor, let end = info.lastchar
    else {
      (before, after) = ("", "")
      return
    }
    before = Self.text(start, cursor)
    after = Self.text(cursor, end)
  }

  var text: String { before + after }
  var cursor: Int { before.utf8.count }

  private static func text(_ start: UnsafePointer<CChar>, _ end: UnsafePointer<CChar>) -> String {
    String(
      decoding: UnsafeRawBufferPointer(start: start, count: max(0, end - start)), as: UTF8.self)
  }
}
