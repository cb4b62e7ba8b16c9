import CLineEdit
import Foundation
import Language

/// What the keys of the prompt do.
enum EditingFunctions {
  private static let normal = UInt8(CC_NORM)
  private static let refresh = UInt8(CC_REFRESH)
  private static let redisplay = UInt8(CC_REDISPLAY)

  /// Runs a finished entry; begins a further line of one that is still open.
  ///
  /// Two empty lines at the end run it as it is, so that its fault is shown.
  static func enter(_ editor: OpaquePointer?) -> UInt8 {
    guard let editor, let state = EditorState.of(editor) else { return UInt8(CC_NEWLINE) }
    endSearch(editor, state)
    let line = EditedLine(editor)
    let isGivenUp =
      line.after.isEmpty && line.before.hasSuffix("\n" + Indentation.after(line.before))
      && line.before.split(separator: "\n", omittingEmptySubsequences: false).suffix(2)
        .allSatisfy { $0.allSatisfy(\.isWhitespace) }
    if state.assistant.isReady(line.text) || isGivenUp {
      el_push(editor, KeyBindings.Private.newline.rawValue)
      return normal
    }
    el_insertstr(editor, "\n" + Indentation.after(line.before))
    return refresh
  }

  /// Up moves within an entry of several lines, else it recalls what begins with the text so far.
  static func up(_ editor: OpaquePointer?) -> UInt8 {
    let isInside = EditedLine(editor).before.contains("\n")
    el_push(editor, (isInside ? KeyBindings.Private.lineUp : .searchUp).rawValue)
    return normal
  }

  static func down(_ editor: OpaquePointer?) -> UInt8 {
    let isInside = EditedLine(editor).after.contains("\n")
    el_push(editor, (isInside ? KeyBindings.Private.lineDown : .searchDown).rawValue)
    return normal
  }

  /// Inserts a key and draws the line again.
  static func insert(_ editor: OpaquePointer?, _ key: Int32) -> UInt8 {
    guard let scalar = Unicode.Scalar(UInt32(bitPattern: key)) else { return normal }
    el_insertstr(editor, String(Character(scalar)))
    return refresh
  }

  /// Inserts a closing bracket, moved out by a step where it is the first thing on its line.
  static func close(_ editor: OpaquePointer?, _ key: Int32) -> UInt8 {
    let line = EditedLine(editor).before.split(separator: "\n", omittingEmptySubsequences: false)
      .last
    if let line, line.count >= 2, line.allSatisfy({ $0 == " " }),
      EditedLine(editor).before.contains("\n")
    {
      el_deletestr(editor, 2)
    }
    return insert(editor, key)
  }

  /// Begins an incremental search of the history.
  static func search(_ editor: OpaquePointer?, _ key: KeyBindings.Private) -> UInt8 {
    guard let editor else { return normal }
    KeyBindings.setHintKeys(editor, areBound: false)
    EditorState.of(editor)?.isSearching = true
    el_push(editor, key.rawValue)
    return normal
  }

  /// Gives the keys back that a search needed plain.
  static func endSearch(_ editor: OpaquePointer, _ state: EditorState) {
    guard state.isSearching else { return }
    state.isSearching = false
    KeyBindings.setHintKeys(editor, areBound: true)
  }

  /// Inserts pasted text as it is, line breaks and tabs too.
  static func paste(_ editor: OpaquePointer?) -> UInt8 {
    let end: [Unicode.Scalar] = ["\u{1B}", "[", "2", "0", "1", "~"]
    var scalars: [Unicode.Scalar] = []
    var wide: wchar_t = 0
    while el_wgetc(editor, &wide) == 1 {
      guard let scalar = Unicode.Scalar(UInt32(bitPattern: wide)) else { continue }
      scalars.append(scalar)
      if scalar == "~", scalars.suffix(end.count).elementsEqual(end) {
        scalars.removeLast(end.count)
        break
      }
    }
    el_insertstr(editor, Pasted.text(scalars))
    return refresh
  }

  /// Edits the entry in the user's editor.
  static func edit(_ editor: OpaquePointer?) -> UInt8 {
    guard let editor else { return normal }
    let text = EditedLine(editor).text
    sonde_el_set_int(editor, EL_PREP_TERM, 0)
    let edited = ExternalEditor.edit(text)
    sonde_el_set_int(editor, EL_PREP_TERM, 1)
    if let edited, edited != text {
      el_cursor(editor, Int32(text.unicodeScalars.count))
      el_deletestr(editor, Int32(text.unicodeScalars.count))
      el_insertstr(editor, edited)
    }
    return redisplay
  }

  /// Inserts what all candidates have in common; where that is nothing more, lists them.
  static func complete(_ editor: OpaquePointer?) -> UInt8 {
    guard let editor, let state = EditorState.of(editor) else { return normal }
    endSearch(editor, state)
    let line = EditedLine(editor)
    let completion = state.assistant.completion(line.text, cursor: line.cursor)
    if completion.candidates.isEmpty {
      el_beep(editor)
      return normal
    }
    let insertion = completion.insertion
    if !insertion.isEmpty {
      el_insertstr(editor, insertion)
      return refresh
    }
    let width = Terminal.size()?.columns ?? 80
    StandardStream.output.write("\n" + CandidateList.text(completion.candidates, width: width))
    return redisplay
  }

  /// The hint, when there is room for it and the line.
  static func rightPrompt(_ editor: OpaquePointer?) -> UnsafeMutablePointer<CChar>? {
    guard let state = EditorState.of(editor) else { return nil }
    let line = EditedLine(editor)
    let hint = line.text.isEmpty ? "" : state.assistant.hint(line.text, cursor: line.cursor)
    let width = (Terminal.size()?.columns ?? 80) / 2
    let shown = DisplayWidth.truncate(hint, width)
    state.rightPrompt.set(shown.isEmpty ? "" : "\u{1}\u{1B}[2m\u{1}\(shown)\u{1}\u{1B}[0m\u{1} ")
    return state.rightPrompt.pointer
  }
}
