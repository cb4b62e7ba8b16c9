import CLineEdit
import Foundation

/// The editing functions of the prompt and the keys that call them.
enum KeyBindings {
  /// Keys that no keyboard has: functions push them to have libedit's own functions run next.
  enum Private: String, CaseIterable {
    case newline = "\u{1B}[970~"
    case lineUp = "\u{1B}[971~"
    case lineDown = "\u{1B}[972~"
    case search = "\u{1B}[973~"
    case leave = "\u{1B}[974~"

    var function: String {
      switch self {
      case .newline: "ed-newline"
      case .lineUp: "ed-prev-line"
      case .lineDown: "ed-next-line"
      case .search: "sonde-search"
      case .leave: "sonde-leave"
      }
    }
  }

  /// Adds the functions and binds them.
  static func install(in editor: OpaquePointer) {
    add(editor, "sonde-enter", ["^M", "^J"]) { editor, _ in EditingFunctions.enter(editor) }
    add(editor, "sonde-complete", ["^I"]) { editor, _ in EditingFunctions.complete(editor) }
    add(editor, "sonde-up", ["\\e[A", "\\eOA", "^P"]) { editor, _ in EditingFunctions.up(editor) }
    add(editor, "sonde-down", ["\\e[B", "\\eOB", "^N"]) { editor, _ in
      EditingFunctions.down(editor)
    }
    add(editor, "sonde-paste", ["\\e[200~"]) { editor, _ in EditingFunctions.paste(editor) }
    add(editor, "sonde-edit", ["^X^E"]) { editor, _ in EditingFunctions.edit(editor) }
    add(editor, "sonde-search-older", ["^R"]) { editor, _ in
      EditingFunctions.search(editor, .older)
    }
    add(editor, "sonde-search-newer", ["^S"]) { editor, _ in
      EditingFunctions.search(editor, .newer)
    }
    add(editor, "sonde-search", []) { editor, _ in EditingFunctions.search(editor, nil) }
    add(editor, "sonde-leave", []) { editor, _ in EditingFunctions.leave(editor) }
    add(editor, "sonde-close", closingKeys) { editor, key in
      EditingFunctions.close(editor, key)
    }
    for key in Private.allCases {
      sonde_el_bind(
        editor, key.rawValue.replacingOccurrences(of: "\u{1B}", with: "\\e"), key.function)
    }
    for (key, function) in [
      ("\\e[H", "ed-move-to-beg"),
      ("\\e[F", "ed-move-to-end"), ("\\e[1~", "ed-move-to-beg"), ("\\e[4~", "ed-move-to-end"),
      ("^W", "ed-delete-prev-word"), ("\\e[3~", "ed-delete-next-char"),
      ("\\e[1;5C", "em-next-word"), ("\\e[1;5D", "ed-prev-word"),
    ] {
      sonde_el_bind(editor, key, function)
    }
    sonde_el_set_prompt(editor, EL_PROMPT_ESC, { EditorState.of($0)?.prompt.pointer }, 1)
  }

  /// The keys that close a bracket.
  static let closingKeys = ["}", "]", ")"]

  private static func add(
    _ editor: OpaquePointer, _ name: String, _ keys: [String], _ function: sonde_el_function
  ) {
    sonde_el_add(editor, name, "see the manual page", function)
    for key in keys { sonde_el_bind(editor, key, name) }
  }
}
