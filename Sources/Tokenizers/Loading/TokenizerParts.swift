/// The stages of a tokenizer, as read from its files.
struct TokenizerParts {
  var model: any SubwordModel
  var added = AddedVocabulary()
  var normalizer: (any Normalizer)?
  var preTokenizer: (any PreTokenizer)?
  var postProcessor: (any PostProcessor)?
  var decoder: (any PieceDecoder)?
  var special = SpecialTokens()

  /// The id of a piece or added token.
  func id(of content: some Collection<UInt8>) -> Int? {
    added.id(of: content) ?? model.vocabulary.id(of: content)
  }

  /// Builds the search for added tokens; call it when all of them are there.
  mutating func prepareAddedTokens(withoutSpecial: Bool = false) throws(TokenizerError) {
    let normalizer = normalizer
    try added.prepare(withoutSpecial: withoutSpecial) { (text) throws(TokenizerError) in
      try normalizer?.normalize(&text)
    }
  }
}
