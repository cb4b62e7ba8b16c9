/// Makes visible what a terminal would obey, or what would make a text read as another one: control
/// characters, and those that turn the direction of a line.
public enum VisibleText {
  /// A text of one line: line breaks and tabs are shown too.
  public static func line(_ text: String) -> String { visible(text, keepsLines: false) }

  /// A text of several lines: line breaks and tabs stay.
  public static func lines(_ text: String) -> String { visible(text, keepsLines: true) }

  private static func visible(_ text: String, keepsLines: Bool) -> String {
    let isPlain = text.utf8.allSatisfy { byte in
      (byte >= 0x20 && byte < 0x7F) || (keepsLines && (byte == 0x0A || byte == 0x09))
    }
    if isPlain { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x0A, 0x09:
        if keepsLines {
          result.unicodeScalars.append(scalar)
        } else {
          result += scalar == "\n" ? "\\n" : "\\t"
        }
      case 0x0D: result += "\\r"
      case 0..<0x20, 0x7F..<0xA0, 0x061C, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x206F,
        0xFEFF, 0xFFF9...0xFFFB:
        result += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
