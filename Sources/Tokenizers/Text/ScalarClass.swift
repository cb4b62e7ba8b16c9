/// The classes of scalars that pre-tokenizers tell apart.
enum ScalarClass {
  case letter, number, space, other

  /// The class of `scalar`: general category L, general category N, White_Space, or none of them.
  static func of(_ scalar: Unicode.Scalar) -> ScalarClass {
    if scalar.isASCII {
      switch scalar.value {
      case 0x41...0x5A, 0x61...0x7A: return .letter
      case 0x30...0x39: return .number
      case 0x20, 0x09...0x0D: return .space
      default: return .other
      }
    }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter:
      return .letter
    case .decimalNumber, .letterNumber, .otherNumber:
      return .number
    default:
      return scalar.properties.isWhitespace ? .space : .other
    }
  }
}

extension Unicode.Scalar {
  /// White_Space, which is what Rust's `char::is_whitespace` and `\s` mean.
  var isSpace: Bool {
    isASCII ? value == 0x20 || (0x09...0x0D).contains(value) : properties.isWhitespace
  }

  /// A scalar of a word for regular expressions: letters, marks, numbers, connectors.
  var isWord: Bool {
    if isASCII {
      return ScalarClass.of(self) == .letter || ScalarClass.of(self) == .number || value == 0x5F
    }
    switch properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .connectorPunctuation:
      return true
    default:
      return properties.isAlphabetic || properties.isJoinControl
    }
  }

  /// General category N.
  var isNumber: Bool { ScalarClass.of(self) == .number }
}
