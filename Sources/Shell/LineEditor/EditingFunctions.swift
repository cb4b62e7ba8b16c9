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
    let line = EditedLine(editor)
    let isGivenUp =
      line.after.isEmpty && line.before.hasSuffix("\n" + Indentation.after(line.before))
      && line.before.split(separator: "\n", omittingEmptySubsequences: false).suffix(2)
        .allSatisfy { $0.allSatisfy(\.isWhitespace) }
    switch isGivenUp ? .ready : state.assistant.readiness(of: line.text) {
    case .ready:
      el_push(editor, KeyBindings.Private.newline.rawValue)
      return normal
    case .open:
      el_insertstr(editor, "\n" + Indentation.after(line.before))
      return refresh
    case .faulty(let fault): return show(fault + "\n", editor, state)
    }
  }

  /// Up moves within an entry of several lines, else it recalls what begins with the text so far.
  ///
  /// From an entry that was just recalled it goes on to the one before.
  static func up(_ editor: OpaquePointer?) -> UInt8 {
    guard let editor, let state = EditorState.of(editor) else { return normal }
    let line = EditedLine(editor)
    if line.before.contains("\n"), !isRecalled(line, state) {
      el_push(editor, KeyBindings.Private.lineUp.rawValue)
      return normal
    }
    return recall(state.history.older(than: line.text, start: line.before), editor)
  }

  static func down(_ editor: OpaquePointer?) -> UInt8 {
    guard let editor, let state = EditorState.of(editor) else { return normal }
    let line = EditedLine(editor)
    if line.after.contains("\n"), !isRecalled(line, state) {
      el_push(editor, KeyBindings.Private.lineDown.rawValue)
      return normal
    }
    return recall(state.history.newer(than: line.text), editor)
  }

  private static func isRecalled(_ line: EditedLine, _ state: EditorState) -> Bool {
    line.after.isEmpty && state.history.shows(line.text)
  }

  private static func recall(_ entry: String?, _ editor: OpaquePointer) -> UInt8 {
    guard let entry else {
      el_beep(editor)
      return normal
    }
    replace(editor, with: entry)
    return refresh
  }

  /// Puts a text in place of the entry, with the cursor behind it.
  private static func replace(_ editor: OpaquePointer, with text: String) {
    let line = EditedLine(editor)
    el_cursor(editor, Int32(line.after.unicodeScalars.count))
    el_deletestr(editor, Int32(line.text.unicodeScalars.count))
    if !text.isEmpty { el_insertstr(editor, text) }
  }

  /// Writes lines under the entry, and the entry anew under them.
  private static func show(
    _ text: String, _ editor: OpaquePointer, _ state: EditorState
  ) -> UInt8 {
    let below = state.layout(of: EditedLine(editor)).rowsBelow
    StandardStream.output.write(String(repeating: "\n", count: below + 1) + text)
    sonde_el_draw(editor)
    return normal
  }

  private static func insert(_ editor: OpaquePointer?, _ key: Int32) -> UInt8 {
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

  /// Begins a search of the history, or takes a step of it; nil for the step that a key asked for.
  static func search(_ editor: OpaquePointer?, _ step: HistorySearch.Step?) -> UInt8 {
    guard let editor, let state = EditorState.of(editor) else { return normal }
    guard var search = state.search else {
      state.search = HistorySearch(in: state.history.entries, from: EditedLine(editor).text)
      return normal
    }
    let goesOn = search.follow(step ?? state.searchStep)
    if search.hasFailed { el_beep(editor) }
    replace(editor, with: search.text)
    state.search = goesOn ? search : nil
    return refresh
  }

  /// Leaves the entry as it stands on the screen.
  static func leave(_ editor: OpaquePointer?) -> UInt8 {
    guard let editor, let state = EditorState.of(editor) else { return normal }
    state.search = nil
    state.wasLeft = true
    el_push(editor, KeyBindings.Private.newline.rawValue)
    return normal
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
    if let edited, edited != text { replace(editor, with: edited) }
    return redisplay
  }

  /// Inserts what all candidates have in common; where that is nothing more, lists them.
  static func complete(_ editor: OpaquePointer?) -> UInt8 {
    guard let editor, let state = EditorState.of(editor) else { return normal }
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
    return show(CandidateList.text(completion.candidates, width: width), editor, state)
  }
}
