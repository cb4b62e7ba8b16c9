extension JSONSection {
  /// The normalizer that the section describes.
  func normalizer() throws(TokenizerError) -> any Normalizer {
    switch try type() {
    case "Sequence":
      var stages: [any Normalizer] = []
      for stage in try required("normalizers").elements() {
        stages.append(try stage.normalizer())
      }
      return NormalizerSequence(stages: stages)
    case "NFC": return UnicodeNormalizer(form: .canonicalComposition)
    case "NFD": return UnicodeNormalizer(form: .canonicalDecomposition)
    case "NFKC": return UnicodeNormalizer(form: .compatibilityComposition)
    case "NFKD": return UnicodeNormalizer(form: .compatibilityDecomposition)
    case "Lowercase": return LowercaseNormalizer()
    case "StripAccents": return StripAccentsNormalizer()
    case "ByteLevel": return ByteLevelNormalizer()
    case "Nmt": return NmtNormalizer()
    case "Prepend": return PrependNormalizer(prefix: try scalars("prepend"))
    case "Strip":
      return StripNormalizer(
        left: try bool("strip_left", default: true), right: try bool("strip_right", default: true))
    case "Replace":
      return ReplaceNormalizer(pattern: try pattern(), content: try scalars("content"))
    case "BertNormalizer":
      let lowercases = try bool("lowercase", default: true)
      return BertNormalizer(
        cleansText: try bool("clean_text", default: true),
        separatesChinese: try bool("handle_chinese_chars", default: true),
        stripsAccents: try bool("strip_accents", default: lowercases),
        lowercases: lowercases)
    case "Precompiled": return try PrecompiledNormalizer(self)
    case let type: throw unsupported("a normalizer of type `\(type)`")
    }
  }

  /// The pattern of a `Replace` or `Split`: `{"String": …}` or `{"Regex": …}`.
  func pattern() throws(TokenizerError) -> Pattern {
    let section = try required("pattern")
    if let literal = section.optional("String") {
      return Pattern(literal: try literal.string())
    }
    let source = try section.string("Regex")
    do throws(PatternError) {
      return try Pattern(expression: source)
    } catch {
      switch error {
      case .invalid(let problem):
        throw section.malformed(
          "the regular expression `\(source.prefix(60))` is wrong: \(problem)")
      case .unsupported(let what):
        throw section.unsupported("the regular expression `\(source.prefix(60))` with \(what)")
      }
    }
  }
}
