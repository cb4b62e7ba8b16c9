extension Tokenizer {
  /// A tokenizer whose tokens are the 256 bytes, made in memory.
  ///
  /// The id of a byte is its value; behind them stand `<bos>` (256), `<eos>` (257), `<pad>` (258)
  /// and `<mask>` (259). Nothing is added around a text, and every text comes back as it was.
  public static func bytes() -> Tokenizer {
    var vocabulary = Vocabulary(expecting: 256)
    for (byte, scalar) in ByteAlphabet.scalars.enumerated() {
      _ = vocabulary.append(utf8(CollectionOfOne(scalar))[...], id: byte)
    }
    _ = vocabulary.indexIDs()
    var parts = TokenizerParts(
      model: BytePairModel(
        vocabulary: vocabulary, merges: MergeTable(room: 0), settings: BytePairModel.Settings()))
    parts.preTokenizer = ByteLevelPreTokenizer(addsPrefixSpace: false, usesPattern: true)
    parts.decoder = ByteLevelDecoder()
    let names = ["<bos>", "<eos>", "<pad>", "<mask>"]
    parts.added.add(
      names.map { AddedToken(content: Array($0.utf8), isNormalized: false, isSpecial: true) },
      beside: vocabulary)
    (parts.special.bos, parts.special.eos) = (256, 257)
    (parts.special.pad, parts.special.mask) = (258, 259)
    parts.collectSpecial()
    // Without a normalizer there is nothing that can fail.
    try? parts.prepareAddedTokens()
    return Tokenizer(parts: parts)
  }
}
