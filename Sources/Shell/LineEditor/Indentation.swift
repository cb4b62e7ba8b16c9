/// The spaces at the start of a further line of an entry.
enum Indentation {
  /// Two for each bracket that is open, and two where none is.
  ///
  /// Brackets in strings count too: it is only a start.
  static func after(_ text: String) -> String {
    var depth = 0
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "{"), UInt8(ascii: "("), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: ")"), UInt8(ascii: "]"): depth = max(0, depth - 1)
      default: break
      }
    }
    return String(repeating: "  ", count: min(max(depth, 1), 20))
  }
}

/// Text from the clipboard.
enum Pasted {
  /// The text with plain line breaks, without control characters and the breaks at its end.
  static func text(_ scalars: [Unicode.Scalar]) -> String {
    var text = String.UnicodeScalarView()
    var previous: Unicode.Scalar?
    for scalar in scalars {
      switch scalar {
      case "\r": text.append("\n")
      case "\n": if previous != "\r" { text.append("\n") }
      case "\t": text.append(contentsOf: "  ".unicodeScalars)
      default: if scalar.value >= 0x20, scalar.value != 0x7F { text.append(scalar) }
      }
      previous = scalar
    }
    while text.last == "\n" { text.removeLast() }
    return String(text)
  }
}
