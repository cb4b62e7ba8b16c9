/// The tokens that stand beside the model's vocabulary, and the search for them.
struct AddedVocabulary: Sendable {
  private(set) var tokens: [Int: AddedToken] = [:]
  private var ids: [[UInt8]: Int] = [:]
  /// Tokens in the order in which they are searched for: special ones first.
  private var special: [AddedToken] = []
  private var plain: [AddedToken] = []
  /// How tokens that are searched for in normalised text read there, by id.
  private var normalizedContents: [Int: [UInt8]] = [:]
  private var inText = AddedTokenMatcher()
  private var inNormalizedText = AddedTokenMatcher()
  private var specialContents: Set<[UInt8]> = []
  private var largestID = -1

  /// Adds tokens; one that the model's vocabulary has keeps its id there, others are numbered on
  /// behind the vocabulary, as the `tokenizers` package does.
  mutating func add(_ added: [AddedToken], beside vocabulary: Vocabulary) {
    for token in added where !token.content.isEmpty {
      if token.isSpecial, specialContents.insert(token.content).inserted {
        special.append(token)
      }
      let id =
        ids[token.content] ?? vocabulary.id(of: token.content)
        ?? max(vocabulary.count, largestID + 1)
      guard tokens[id] != token else { continue }
      ids[token.content] = id
      tokens[id] = token
      largestID = max(largestID, id)
      if !specialContents.contains(token.content) {
        plain.append(token)
      }
    }
  }

  /// Builds the search; `normalize` is what the pipeline does to text before.
  ///
  /// Without special tokens these are text like any other.
  mutating func prepare(
    withoutSpecial: Bool = false,
    normalize: (inout AlignedText) throws(TokenizerError) -> Void
  ) throws(TokenizerError) {
    inText = AddedTokenMatcher()
    inNormalizedText = AddedTokenMatcher()
    for token in withoutSpecial ? plain : special + plain {
      guard let id = ids[token.content], let latest = tokens[id] else { continue }
      let content = String(decoding: token.content, as: UTF8.self)
      if token.isNormalized {
        var text = AlignedText(content)
        try normalize(&text)
        inNormalizedText.add(text.scalars, latest, id: id)
        normalizedContents[id] = utf8(text.scalars)
      } else {
        inText.add(Array(content.unicodeScalars), latest, id: id)
      }
    }
  }

  func id(of content: some Collection<UInt8>) -> Int? {
    ids.isEmpty ? nil : ids[Array(content)]
  }

  /// What decoding takes `id` for: a token of normalised text reads as it does there.
  func decodedContent(_ id: Int) -> [UInt8]? {
    normalizedContents[id] ?? tokens[id]?.content
  }

  /// Whether decoding skips a token that reads so.
  func skips(_ content: [UInt8]) -> Bool { specialContents.contains(content) }

  /// Whether decoding may skip `id`; once special, a text stays special.
  func isSpecial(_ id: Int) -> Bool {
    tokens[id].map { specialContents.contains($0.content) } ?? false
  }

  /// Cuts a text at its added tokens and normalises what lies between them.
  func extract(
    from text: AlignedText, normalize: (inout AlignedText) throws(TokenizerError) -> Void
  ) throws(TokenizerError) -> SplitText {
    var raw = SplitText()
    inText.split(text, 0..<text.scalars.count, into: &raw)
    var result = SplitText()
    for split in raw.splits {
      if split.token != nil {
        result.append(raw.text, split.range, token: split.token)
      } else {
        var part = raw.text.part(split.range)
        try normalize(&part)
        inNormalizedText.split(part, 0..<part.scalars.count, into: &result)
      }
    }
    return result
  }
}
