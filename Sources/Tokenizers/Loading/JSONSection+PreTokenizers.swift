extension JSONSection {
  /// The pre-tokenizer that the section describes.
  func preTokenizer() throws(TokenizerError) -> any PreTokenizer {
    switch try type() {
    case "Sequence":
      var stages: [any PreTokenizer] = []
      for stage in try required("pretokenizers").elements() {
        stages.append(try stage.preTokenizer())
      }
      return PreTokenizerSequence(stages: stages)
    case "ByteLevel":
      return ByteLevelPreTokenizer(
        addsPrefixSpace: try bool("add_prefix_space", default: true),
        usesPattern: try bool("use_regex", default: true))
    case "BertPreTokenizer": return PreTokenizerSequence.bert
    case "Whitespace": return WordPreTokenizer()
    case "WhitespaceSplit":
      return ScalarSplitPreTokenizer(delimiter: .whitespace, behavior: .removed)
    case "Metaspace":
      return MetaspacePreTokenizer(
        replacement: try scalar("replacement"), prependScheme: try prependScheme(),
        splits: try bool("split", default: true))
    case "Punctuation":
      return ScalarSplitPreTokenizer(delimiter: .punctuation, behavior: try splitBehavior())
    case "Digits":
      let separates = try bool("individual_digits", default: false)
      return ScalarSplitPreTokenizer(
        delimiter: .number, behavior: separates ? .isolated : .contiguous)
    case "CharDelimiterSplit":
      return ScalarSplitPreTokenizer(
        delimiter: .scalar(try scalar("delimiter")), behavior: .removed)
    case "Split":
      return PatternPreTokenizer(
        pattern: try pattern(), behavior: try splitBehavior(),
        inverted: try bool("invert", default: false))
    case "FixedLength":
      let length = try optional("length")?.count() ?? 5
      guard length > 0 else { throw malformed("`length` is 0") }
      return FixedLengthPreTokenizer(length: length)
    case let type: throw unsupported("a pre-tokenizer of type `\(type)`")
    }
  }

  private func splitBehavior() throws(TokenizerError) -> SplitBehavior {
    guard let section = optional("behavior") else { return .isolated }
    guard let behavior = SplitBehavior(rawValue: try section.string()) else {
      throw section.malformed("there is no such behaviour")
    }
    return behavior
  }

  /// Where Metaspace puts its sign; older files say it by `add_prefix_space`.
  func prependScheme() throws(TokenizerError) -> MetaspacePreTokenizer.PrependScheme {
    guard let section = optional("prepend_scheme") else {
      return try bool("add_prefix_space", default: true) ? .always : .never
    }
    guard let scheme = MetaspacePreTokenizer.PrependScheme(rawValue: try section.string()) else {
      throw section.malformed("it should be `always`, `first` or `never`")
    }
    return scheme
  }
}

extension PreTokenizerSequence {
  /// BERT's: white space goes, and every punctuation sign is a word.
  static let bert = PreTokenizerSequence(stages: [
    ScalarSplitPreTokenizer(delimiter: .whitespace, behavior: .removed),
    ScalarSplitPreTokenizer(delimiter: .punctuation, behavior: .isolated),
  ])
}
