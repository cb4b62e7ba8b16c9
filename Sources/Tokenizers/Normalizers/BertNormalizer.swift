/// BERT's clean-up: control characters, Chinese characters, accents, case.
struct BertNormalizer: Normalizer {
  let cleansText: Bool
  let separatesChinese: Bool
  let stripsAccents: Bool
  let lowercases: Bool

  func normalize(_ text: inout AlignedText) throws(TokenizerError) {
    if cleansText {
      text.filter { !Self.isControl($0) }
      text.map { $0.isSpace ? " " : $0 }
    }
    if separatesChinese {
      text.flatMap { scalar, result in
        result.append(contentsOf: Self.isChinese(scalar) ? [" ", scalar, " "] : [scalar])
      }
    }
    if stripsAccents {
      try UnicodeNormalizer(form: .canonicalDecomposition).normalize(&text)
      text.filter { !$0.wasNonspacingMark8 }
    }
    if lowercases {
      try LowercaseNormalizer().normalize(&text)
    }
  }

  /// U+FFFD and the controls but for the three that count as white space.
  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A, 0x0D: false
    case 0xFFFD: true
    default: scalar.wasControl8
    }
  }

  /// The CJK ideographs that BERT treats as words of their own.
  private static func isChinese(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x4E00...0x9FFF, 0x3400...0x4DBF, 0x20000...0x2A6DF, 0x2A700...0x2B73F,
      0x2B740...0x2B81F, 0x2B920...0x2CEAF, 0xF900...0xFAFF, 0x2F800...0x2FA1F:
      true
    default: false
    }
  }
}
