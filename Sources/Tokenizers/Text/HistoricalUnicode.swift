/// Unicode as it was when the libraries of the `tokenizers` package made their tables.
///
/// Tokenizers are trained and run with those tables, so a scalar counts as what it was then:
/// version 8 for BERT's clean-up and punctuation, 9 for stripping accents, 11 for normalisation
/// forms. Categories that changed since are listed; they were found by comparing all scalars.
extension Unicode.Scalar {
  /// Whether the scalar was assigned in a version of Unicode.
  func isAssigned(in version: Int) -> Bool {
    switch value {
    case 0..<0x250, 0x2010...0x2026, 0x3001...0x3020, 0x3041...0x3096, 0x30A1...0x30FE,
      0x4E00...0x9FA5, 0xAC00...0xD7A3:
      return true
    default:
      guard let age = properties.age else { return false }
      return age.major < version || (age.major == version && age.minor == 0)
    }
  }

  /// General category Mn in Unicode 8.
  var wasNonspacingMark8: Bool {
    guard value >= 0x300 else { return false }
    switch value {
    case 0x1885, 0x1886, 0xA9BD, 0x111C9: return false
    case 0x1734, 0x1171E: return true
    default: return properties.generalCategory == .nonspacingMark && isAssigned(in: 8)
    }
  }

  /// General category M in Unicode 9.
  var wasMark9: Bool {
    guard value >= 0x300 else { return false }
    switch value {
    case 0x1CF2, 0x1CF3: return true
    case 0x111C9: return false
    default: break
    }
    switch properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark: return isAssigned(in: 9)
    default: return false
    }
  }

  /// General categories Cc, Cf and Co in Unicode 8.
  var wasControl8: Bool {
    guard !isASCII else { return value < 0x20 || value == 0x7F }
    switch properties.generalCategory {
    case .control, .format, .privateUse: return isAssigned(in: 8)
    default: return false
    }
  }

  /// Punctuation as BERT means it: every ASCII sign, and general category P of Unicode 8 beyond.
  var wasPunctuation8: Bool {
    if isASCII {
      return value > 0x20 && value < 0x7F && ScalarClass.of(self) == .other
    }
    guard value != 0x166D, value != 0x111C9 else { return true }
    switch properties.generalCategory {
    case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
      .initialPunctuation, .finalPunctuation, .otherPunctuation:
      return isAssigned(in: 8)
    default:
      return false
    }
  }

  /// The canonical combining class in Unicode 11; 0 for a scalar that begins a sequence.
  var combiningClass11: UInt8 {
    guard value >= 0x300 else { return 0 }
    let combiningClass = properties.canonicalCombiningClass.rawValue
    return combiningClass != 0 && isAssigned(in: 11) ? combiningClass : 0
  }
}
