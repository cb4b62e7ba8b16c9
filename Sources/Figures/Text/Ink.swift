import Language

/// Writes colours where the style has them.
struct Ink {
  enum Tone: String {
    case strong = "1"
    case quiet = "2"
    case accent = "36"
    case positive = "33"
    case negative = "34"
  }

  let colour: RenderStyle.Colour

  /// Text in a tone.
  func paint(_ text: String, _ tone: Tone) -> String {
    colour == .none || text.isEmpty ? text : "\u{1B}[\(tone.rawValue)m\(text)\u{1B}[0m"
  }

  /// Notes under a value, in lines of a width.
  func notes(_ notes: [String], width: Int) -> [String] {
    notes.flatMap { DisplayWidth.wrapped($0, to: width) }.map { paint($0, .quiet) }
  }

  /// Text on a ground, in black or white, whichever reads better.
  func onGround(_ text: String, _ ground: RGB) -> String {
    let front = ground.wantsWhiteText ? 255 : 16
    switch colour {
    case .none: return text
    case .palette: return "\u{1B}[48;5;\(ground.paletteIndex);38;5;\(front)m\(text)\u{1B}[0m"
    case .full:
      let back = "\(ground.red);\(ground.green);\(ground.blue)"
      return "\u{1B}[48;2;\(back);38;5;\(front)m\(text)\u{1B}[0m"
    }
  }

  /// Text in a colour.
  func inColour(_ text: String, _ front: RGB) -> String {
    switch colour {
    case .none: text
    case .palette: "\u{1B}[38;5;\(front.paletteIndex)m\(text)\u{1B}[0m"
    case .full: "\u{1B}[38;2;\(front.red);\(front.green);\(front.blue)m\(text)\u{1B}[0m"
    }
  }
}

/// Text made to fit columns.
enum Columns {
  /// Spaces before the text up to a width.
  static func right(_ text: String, _ width: Int) -> String {
    let missing = width - DisplayWidth.of(text)
    return missing >= 0
      ? String(repeating: " ", count: missing) + text : DisplayWidth.fit(text, width)
  }

  /// Spaces behind the text up to a width; a text that is too wide is cut.
  static func left(_ text: String, _ width: Int) -> String { DisplayWidth.fit(text, width) }

  /// Spaces on both sides.
  static func centre(_ text: String, _ width: Int) -> String {
    let missing = width - DisplayWidth.of(text)
    guard missing > 0 else { return DisplayWidth.fit(text, width) }
    return DisplayWidth.fit(String(repeating: " ", count: missing / 2) + text, width)
  }

  /// The text on one line, with control characters, and those that would turn the line's direction,
  /// made visible.
  static func oneLine(_ text: String) -> String { VisibleText.line(text) }
}
