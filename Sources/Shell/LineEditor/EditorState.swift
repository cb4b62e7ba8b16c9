import CLineEdit
import Foundation

/// What the editor asks while a line is typed.
protocol EditingAssistant: AnyObject {
  /// Whether Enter runs the text; if not it begins a further line.
  func isReady(_ text: String) -> Bool
  /// What may stand at the cursor.
  func completion(_ text: String, cursor: Int) -> Completion
  /// How the command at the cursor is called; empty for nothing to say.
  func hint(_ text: String, cursor: Int) -> String
}

/// What libedit's callbacks need, found through the editor's client pointer.
final class EditorState {
  let assistant: any EditingAssistant
  let prompt = HeldString()
  let rightPrompt = HeldString()
  /// Whether an incremental search has begun, and keys are still as it needs them.
  var isSearching = false

  init(assistant: any EditingAssistant) { self.assistant = assistant }

  /// The state of an editor; nil only while the editor is being made.
  static func of(_ editor: OpaquePointer?) -> EditorState? {
    guard let editor, let client = sonde_el_client(editor) else { return nil }
    return Unmanaged<EditorState>.fromOpaque(client).takeUnretainedValue()
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
