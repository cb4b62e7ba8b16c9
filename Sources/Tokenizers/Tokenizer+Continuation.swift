extension Tokenizer {
  /// Made-up words that vocabularies cut into letters, so that what follows them stays apart.
  private static let contexts = ["zqx", "xqj", "qzv", "jxq", "Zqx", "q", "x7"]

  /// The ids that `text` adds in running text, behind a word: ` She` is `ĠShe` to GPT-2, and `s`
  /// is `##s` to BERT.
  ///
  /// The text is encoded behind several words, and counts as what it adds where the word's own
  /// tokens stay as they are; the answer that most words give wins. Where every word flows
  /// together with the text, the text is encoded by itself.
  public func continuation(_ text: String) throws(TokenizerError) -> [Int] {
    guard !text.isEmpty else { return [] }
    var votes: [[Int]: Int] = [:]
    var order: [[Int]] = []
    for context in Self.contexts {
      let before = try encode(context, addSpecialTokens: false).ids
      let whole = try encode(context + text, addSpecialTokens: false).ids
      guard whole.count > before.count, whole.starts(with: before) else { continue }
      let added = Array(whole[before.count...])
      if votes[added] == nil { order.append(added) }
      votes[added, default: 0] += 1
    }
    var best: (ids: [Int], votes: Int)?
    for ids in order where votes[ids, default: 0] > best?.votes ?? 0 {
      best = (ids, votes[ids, default: 0])
    }
    if let best { return best.ids }
    return try encode(text, addSpecialTokens: false).ids
  }
}
