import Foundation
import Language

/// What the keys of the pager do.
enum PagerKey: Equatable {
  case down(rows: Int)
  case page(Double)
  case start
  case end
  case search
  case next
  case previous
  case help
  case leave

  /// What a key does; nil for nothing.
  ///
  /// `rest` gives the characters behind an escape, as far as they have come.
  init?(_ scalar: Unicode.Scalar, rest: () -> String) {
    switch scalar {
    case " ", "f", "\u{06}": self = .page(1)
    case "b", "\u{02}": self = .page(-1)
    case "d", "\u{04}": self = .page(0.5)
    case "u", "\u{15}": self = .page(-0.5)
    case "\r", "\n", "j", "\u{0E}": self = .down(rows: 1)
    case "k", "y", "\u{10}": self = .down(rows: -1)
    case "g", "<": self = .start
    case "G", ">": self = .end
    case "/": self = .search
    case "n": self = .next
    case "N", "p": self = .previous
    case "h", "?": self = .help
    case "q", "Q", "\u{03}": self = .leave
    case "\u{1B}":
      switch rest() {
      case "[A", "OA": self = .down(rows: -1)
      case "[B", "OB": self = .down(rows: 1)
      case "[5~": self = .page(-1)
      case "[6~": self = .page(1)
      case "[H", "OH", "[1~", "[7~": self = .start
      case "[F", "OF", "[4~", "[8~": self = .end
      case "": self = .leave
      default: return nil
      }
    default: return nil
    }
  }

  /// What `h` shows.
  static let helpText = """
    space  f  Page Down     a page down
    b  Page Up              a page up
    d  u                    half a page down, up
    Enter  j  Down          a line down
    k  y  Up                a line up
    g  Home                 to the start
    G  End                  to the end
    /TEXT Enter             looks for a text; capitals count where it has some
    n  N                    the next place, the one before
    q  Escape  Ctrl-C       leaves

    q leaves this page.
    """
}
