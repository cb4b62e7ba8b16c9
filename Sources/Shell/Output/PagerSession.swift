import Foundation
import Language

/// The program's own pager at work: draws, waits for a key, follows it.
struct PagerSession {
  private let keys: KeyInput
  private let interruption: Interruption

  /// How often the size of the terminal is looked at, in milliseconds.
  private static let pause: Int32 = 200

  init(interruption: Interruption) {
    self.interruption = interruption
    keys = KeyInput(STDIN_FILENO, wake: -1, wasInterrupted: { interruption.isRequested })
  }

  /// Shows a text on a screen of its own until the reader leaves; what was in sight last stays.
  func show(_ text: String) {
    RawKey.withRawTerminal {
      var view = PagerView(text)
      StandardStream.output.writeStyled("\u{1B}[?1049h")
      browse(&view)
      StandardStream.output.writeStyled("\u{1B}[?1049l" + view.visible)
    }
  }

  private func browse(_ view: inout PagerView) {
    var size = (columns: 0, rows: 0)
    while true {
      let now = Terminal.size() ?? (80, 24)
      if now != size {
        size = now
        view.resize(columns: size.columns, rows: size.rows)
        StandardStream.output.writeStyled("\u{1B}[2J")
      }
      StandardStream.output.writeStyled(view.screen)
      guard let key = nextKey(while: { (Terminal.size() ?? (80, 24)) == size }) else { return }
      guard let key else { continue }
      view.message = ""
      switch key {
      case .down(let rows): view.move(by: rows)
      case .page(let part): view.move(by: Int(part * Double(view.height)))
      case .start: view.moveToStart()
      case .end: view.moveToEnd()
      case .search: if let text = ask("/", size) { view.search(text) }
      case .next: view.search("")
      case .previous: view.search("", isForward: false)
      case .help:
        var page = PagerView(PagerKey.helpText)
        browse(&page)
        size = (0, 0)
      case .leave: return
      }
    }
  }

  /// Waits for a key: nil when there is no more, a nil key for one that means nothing, or when the
  /// window has changed.
  private func nextKey(while isSame: () -> Bool) -> PagerKey?? {
    while isSame() {
      do throws(KeyInput.Stop) {
        let scalar = try keys.next(within: Self.pause)
        return .some(PagerKey(scalar, rest: rest))
      } catch {
        if error != .disturbed { return .none }
      }
    }
    return .some(nil)
  }

  /// The characters of an escape sequence, as far as they have come.
  private func rest() -> String {
    var text = ""
    while !keys.isLoneEscape, let scalar = try? keys.next() {
      text.unicodeScalars.append(scalar)
      let isEnd = scalar == "~" || scalar.properties.isAlphabetic && text != "O"
      if isEnd { break }
    }
    return text
  }

  /// Asks for a text on the last line; nil when it was given up.
  private func ask(_ sign: String, _ size: (columns: Int, rows: Int)) -> String? {
    var text = ""
    while true {
      let shown = DisplayWidth.truncate(sign + text, size.columns - 1)
      StandardStream.output.writeStyled("\u{1B}[\(size.rows);1H\u{1B}[K" + shown)
      do throws(KeyInput.Stop) {
        let scalar = try keys.next()
        switch scalar {
        case "\r", "\n": return text
        case "\u{08}", "\u{7F}":
          if text.isEmpty { return nil }
          text.unicodeScalars.removeLast()
        case "\u{03}", "\u{1B}", "\u{07}": return nil
        default: if scalar.value >= 0x20 { text.unicodeScalars.append(scalar) }
        }
      } catch {
        if error != .disturbed { return nil }
      }
    }
  }
}
