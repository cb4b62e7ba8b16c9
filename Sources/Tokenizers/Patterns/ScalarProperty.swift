/// A named property of scalars, as `\p{…}`, `\s` and their like mean it.
enum ScalarProperty: Sendable, Hashable {
  case space, word, digit, sign, hexDigit, alphabetic, alphanumeric, lowercase, uppercase, any
  case category(String)
  case han, hiragana, katakana, hangul

  /// The property called `name` in `\p{name}` or `[:name:]`; nil when there is none.
  init?(name: String) {
    let plain = name.lowercased().filter { $0 != "_" && $0 != " " && $0 != "-" }
    switch plain {
    case "space", "whitespace": self = .space
    case "word": self = .word
    case "digit": self = .digit
    case "xdigit": self = .hexDigit
    case "alpha", "alphabetic": self = .alphabetic
    case "alnum": self = .alphanumeric
    case "lower", "lowercase": self = .lowercase
    case "upper", "uppercase": self = .uppercase
    case "any": self = .any
    case "punct", "punctuation": self = .category("P")
    case "letter": self = .category("L")
    case "mark": self = .category("M")
    case "number": self = .category("N")
    case "symbol": self = .category("S")
    case "separator": self = .category("Z")
    case "other": self = .category("C")
    case "cntrl": self = .category("Cc")
    case "han": self = .han
    case "hiragana": self = .hiragana
    case "katakana": self = .katakana
    case "hangul": self = .hangul
    default:
      let code = plain.prefix(1).uppercased() + plain.dropFirst()
      guard Self.categoryCodes.contains(code) else { return nil }
      self = .category(code)
    }
  }

  private static let categoryCodes: Set<String> = [
    "L", "Lu", "Ll", "Lt", "Lm", "Lo", "M", "Mn", "Mc", "Me", "N", "Nd", "Nl", "No",
    "P", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "S", "Sm", "Sc", "Sk", "So",
    "Z", "Zs", "Zl", "Zp", "C", "Cc", "Cf", "Cs", "Co", "Cn",
  ]

  /// Whether `scalar` has the property.
  func includes(_ scalar: Unicode.Scalar) -> Bool {
    switch self {
    case .any: true
    case .sign: "PS".contains(scalar.properties.generalCategory.code.prefix(1))
    case .space: scalar.isSpace
    case .word: scalar.isPatternWord
    case .digit: scalar.properties.generalCategory == .decimalNumber
    case .hexDigit: scalar.properties.isASCIIHexDigit
    case .alphabetic: scalar.properties.isAlphabetic
    case .alphanumeric:
      scalar.properties.isAlphabetic || scalar.properties.generalCategory == .decimalNumber
    case .lowercase: scalar.properties.isLowercase
    case .uppercase: scalar.properties.isUppercase
    case .category("L"): ScalarClass.of(scalar) == .letter
    case .category("N"): ScalarClass.of(scalar) == .number
    case .category(let code): scalar.properties.generalCategory.code.hasPrefix(code)
    case .han: Self.hanRanges.contains { $0.contains(scalar.value) }
    case .hiragana: Self.hiraganaRanges.contains { $0.contains(scalar.value) }
    case .katakana: Self.katakanaRanges.contains { $0.contains(scalar.value) }
    case .hangul: Self.hangulRanges.contains { $0.contains(scalar.value) }
    }
  }

  private static let hanRanges: [ClosedRange<UInt32>] = [
    0x4E00...0x9FFF, 0x3400...0x4DBF, 0x2E80...0x2E99, 0x2E9B...0x2EF3, 0x2F00...0x2FD5,
    0x3005...0x3005, 0x3007...0x3007, 0x3021...0x3029, 0x3038...0x303B, 0xF900...0xFA6D,
    0xFA70...0xFAD9, 0x16FE2...0x16FE3, 0x16FF0...0x16FF1, 0x20000...0x2A6DF, 0x2A700...0x2B739,
    0x2B740...0x2B81D, 0x2B820...0x2CEA1, 0x2CEB0...0x2EBE0, 0x2EBF0...0x2EE5D, 0x2F800...0x2FA1D,
    0x30000...0x3134A, 0x31350...0x323AF,
  ]
  private static let hiraganaRanges: [ClosedRange<UInt32>] = [
    0x3041...0x3096, 0x309D...0x309F, 0x1B001...0x1B11F, 0x1B132...0x1B132, 0x1B150...0x1B152,
    0x1F200...0x1F200,
  ]
  private static let katakanaRanges: [ClosedRange<UInt32>] = [
    0x30A1...0x30FA, 0x30FD...0x30FF, 0x31F0...0x31FF, 0x32D0...0x32FE, 0x3300...0x3357,
    0xFF66...0xFF6F, 0xFF71...0xFF9D, 0x1AFF0...0x1AFF3, 0x1AFF5...0x1AFFB, 0x1AFFD...0x1AFFE,
    0x1B000...0x1B000, 0x1B120...0x1B122,
    0x1B155...0x1B155, 0x1B164...0x1B167,
  ]
  private static let hangulRanges: [ClosedRange<UInt32>] = [
    0xAC00...0xD7A3, 0x1100...0x11FF, 0x302E...0x302F, 0x3131...0x318E, 0x3200...0x321E,
    0x3260...0x327E, 0xA960...0xA97C, 0xD7B0...0xD7C6, 0xD7CB...0xD7FB, 0xFFA0...0xFFBE,
    0xFFC2...0xFFC7, 0xFFCA...0xFFCF, 0xFFD2...0xFFD7, 0xFFDA...0xFFDC,
  ]
}

extension Unicode.Scalar {
  /// A scalar of a word as Oniguruma means it, which is a little different from Rust's meaning.
  var isPatternWord: Bool {
    switch value {
    case 0xB2, 0xB3, 0xB9, 0xBC, 0xBD, 0xBE: true
    case 0x200C, 0x200D: false
    default: isWord
    }
  }
}

extension Unicode.GeneralCategory {
  /// The two letters that the Unicode standard names the category by.
  var code: String {
    switch self {
    case .uppercaseLetter: "Lu"
    case .lowercaseLetter: "Ll"
    case .titlecaseLetter: "Lt"
    case .modifierLetter: "Lm"
    case .otherLetter: "Lo"
    case .nonspacingMark: "Mn"
    case .spacingMark: "Mc"
    case .enclosingMark: "Me"
    case .decimalNumber: "Nd"
    case .letterNumber: "Nl"
    case .otherNumber: "No"
    case .connectorPunctuation: "Pc"
    case .dashPunctuation: "Pd"
    case .openPunctuation: "Ps"
    case .closePunctuation: "Pe"
    case .initialPunctuation: "Pi"
    case .finalPunctuation: "Pf"
    case .otherPunctuation: "Po"
    case .mathSymbol: "Sm"
    case .currencySymbol: "Sc"
    case .modifierSymbol: "Sk"
    case .otherSymbol: "So"
    case .spaceSeparator: "Zs"
    case .lineSeparator: "Zl"
    case .paragraphSeparator: "Zp"
    case .control: "Cc"
    case .format: "Cf"
    case .surrogate: "Cs"
    case .privateUse: "Co"
    case .unassigned: "Cn"
    @unknown default: "Cn"
    }
  }
}
