import Foundation
import Language

/// Makes text harmless inside a page.
enum PageText {
  /// Text between tags, or in an attribute in quotation marks.
  static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "\t", "\n": escaped.unicodeScalars.append(scalar)
      default: escaped.unicodeScalars.append(visible(scalar) ?? scalar)
      }
    }
    return escaped
  }

  /// Data inside a `script` element: no `<` is left that could end it or open a comment.
  static func data(_ json: JSON) -> String {
    json.text.replacingOccurrences(of: "<", with: "\\u003c")
  }

  /// The picture of a control character, and a sign for what turns the direction of the text behind
  /// it; nil for all else.
  private static func visible(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
    switch scalar.value {
    case 0..<0x20: Unicode.Scalar(0x2400 + scalar.value)
    case 0x7F: "\u{2421}"
    case 0x80..<0xA0, 0x202A...0x202E, 0x2066...0x2069, 0xFFFE, 0xFFFF: "\u{FFFD}"
    default: nil
    }
  }
}
