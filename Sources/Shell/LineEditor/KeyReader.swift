import CLineEdit
import Foundation

/// Reads the keys for libedit: those of a search go to the search, Ctrl-C ends the entry, and while
/// none comes the overlay is on the screen.
enum KeyReader {
  /// Makes an editor read through here.
  static func install(in editor: OpaquePointer) {
    sonde_el_set_reader(editor) { editor, place in
      guard let editor, let place, let state = EditorState.of(editor) else { return -1 }
      guard let scalar = KeyReader.next(editor, state) else { return state.isAtEnd ? 0 : -1 }
      place.pointee = wchar_t(scalar.value)
      return 1
    }
  }

  /// The next character; nil at the end of input, or where Ctrl-C found libedit within a key.
  private static func next(_ editor: OpaquePointer, _ state: EditorState) -> Unicode.Scalar? {
    while true {
      if let scalar = state.keys.pushed() { return scalar }
      if !state.keys.isPending { state.showOverlay(editor) }
      do throws(KeyInput.Stop) {
        let scalar = try state.keys.next()
        state.hideOverlay(unlessKeptBy: scalar, editor)
        if state.search == nil || !isStep(scalar, state) { return scalar }
        state.keys.push(KeyBindings.Private.search.rawValue)
      } catch {
        switch error {
        case .disturbed:
          state.redraw(editor)
        case .end:
          state.hideOverlay()
          state.isAtEnd = true
          errno = 0
          return nil
        case .interrupted:
          state.hideOverlay()
          errno = 0
          if state.isLeaving { return nil }
          state.isLeaving = true
          state.keys.push(KeyBindings.Private.leave.rawValue)
        }
      }
    }
  }

  /// Whether a key goes on with the search; one that does not ends it, but for Ctrl-R and Ctrl-S,
  /// which are bound to further steps.
  private static func isStep(_ scalar: Unicode.Scalar, _ state: EditorState) -> Bool {
    switch scalar {
    case "\u{12}", "\u{13}": return false
    case "\u{07}": state.searchStep = .giveUp
    case "\u{08}", "\u{7F}": state.searchStep = .shorten
    case "\u{1B}" where state.keys.isLoneEscape: state.searchStep = .keep
    case _ where scalar.value >= 0x20: state.searchStep = .type(scalar)
    default:
      state.search = nil
      return false
    }
    return true
  }
}
