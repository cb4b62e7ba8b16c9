/// A byte-level vocabulary with its merges, trained on text.
///
/// Ids run from 0 without gaps: special pieces, the 256 bytes, then one piece for each merge in the
/// order in which training found them. Since all bytes are there, every text can be encoded.
///
/// Sennrich et al. 2016, Neural Machine Translation of Rare Words with Subword Units; over bytes as
/// in Radford et al. 2019, Language Models are Unsupervised Multitask Learners.
public struct BytePairVocabulary: Sendable, Equatable {
  /// Two pieces that become one.
  struct Merge: Sendable, Equatable {
    var left: Int
    var right: Int
    var result: Int
  }

  /// The special pieces, which have the first ids.
  public let specials: SpecialPieces
  /// The pieces by id, in the byte alphabet of GPT-2, where a space is written `Ġ`.
  public private(set) var pieces: [String]
  private(set) var merges: [Merge] = []
  /// The bytes that occurred in text that merges were learned from.
  private var letters: Set<UInt8> = []

  /// How many pieces there are.
  public var count: Int { pieces.count }

  /// A vocabulary of special pieces and bytes.
  private init(specials: SpecialPieces) throws(TokenizerError) {
    let names = specials.all
    guard Set(names).count == names.count, !names.contains("") else {
      throw .cannotTrain(
        problem: "the special pieces \(names.joined(separator: ", ")) are not all different",
        help: "Give each a text of its own.")
    }
    self.specials = specials
    // The order that the `tokenizers` package gives an alphabet.
    pieces = names + ByteAlphabet.scalars.sorted().map { String($0) }
    guard Set(pieces).count == pieces.count else {
      throw .cannotTrain(
        problem: "a special piece is a single character", help: "Give it a longer text.")
    }
  }

  /// Learns a vocabulary of at most `size` pieces from `words`.
  ///
  /// The most frequent pair is merged first, and among equally frequent pairs the one with the
  /// smaller ids, as the `tokenizers` package does. There are fewer pieces than `size` when no pair
  /// is left that occurs `minimumCount` times.
  ///
  /// - Throws: `TokenizerError.cannotTrain` when `size` has no room for the bytes, there is no word,
  ///   or special pieces clash.
  public static func trained(
    on words: WordCounts, size: Int, specials: SpecialPieces = SpecialPieces(),
    minimumCount: Int = 2
  ) throws(TokenizerError) -> BytePairVocabulary {
    let bytes = try BytePairVocabulary(specials: specials)
    return try bytes.grown(to: size, over: words, minimumCount: minimumCount)
  }

  /// This vocabulary with further pieces from other text, such as another language, until it has
  /// `size` pieces.
  ///
  /// Ids stay as they are, and so does the encoding of every text that is written in ASCII and the
  /// bytes of the text that was trained on before: new merges come behind the old ones, and each
  /// makes a piece with a byte that is neither.
  ///
  /// - Throws: `TokenizerError.cannotTrain` when `size` is less than there are pieces, or there is
  ///   no word.
  public func grown(
    to size: Int, over words: WordCounts, minimumCount: Int = 2
  ) throws(TokenizerError) -> BytePairVocabulary {
    guard size >= count else {
      throw .cannotTrain(
        problem:
          "a vocabulary of \(size) pieces was asked for, and \(count) are there already, the "
          + "256 bytes among them",
        help: "Ask for \(count) or more.")
    }
    guard !words.counts.isEmpty else {
      throw .cannotTrain(
        problem: "there is no text to learn merges from", help: "Give at least one word.")
    }
    let protected = merges.isEmpty ? [] : letters.union(0..<0x80)
    var learner = BytePairLearner(
      words: try encoded(words), pieces: pieces.map { Self.bytes(of: $0) },
      reserved: Set(specials.all.map { Array($0.utf8) }), protected: protected)
    var grown = self
    grown.merges += learner.learn(size - count, minimumCount: minimumCount)
    grown.pieces += learner.pieces[count...].map { bytes in
      String(String.UnicodeScalarView(bytes.map { ByteAlphabet.scalars[Int($0)] }))
    }
    for word in words.counts.keys {
      grown.letters.formUnion(word)
    }
    return grown
  }

  /// The bytes that a piece stands for; a special piece that is no text in the byte alphabet stands
  /// for none.
  private static func bytes(of piece: String) -> [UInt8] {
    ByteAlphabet.bytes(of: Array(piece.utf8)) ?? []
  }

  /// The words as ids under the merges so far.
  private func encoded(
    _ words: WordCounts
  ) throws(TokenizerError) -> [BytePairLearner.Word] {
    let model = model
    var result: [BytePairLearner.Word] = []
    result.reserveCapacity(words.counts.count)
    var tokens: [ModelToken] = []
    for (word, count) in words.counts {
      tokens.removeAll(keepingCapacity: true)
      try model.tokenize(word.map { ByteAlphabet.scalars[Int($0)] }[...], into: &tokens)
      result.append(BytePairLearner.Word(symbols: tokens.map { Int32($0.id) }, count: count))
    }
    return result
  }

  /// What encodes words.
  var model: BytePairModel {
    var vocabulary = Vocabulary(expecting: pieces.count)
    for (id, piece) in pieces.enumerated() {
      _ = vocabulary.append(Array(piece.utf8)[...], id: id)
    }
    _ = vocabulary.indexIDs()
    var table = MergeTable(room: merges.count)
    for (rank, merge) in merges.enumerated() {
      table.set(merge.left, merge.right, rank: rank, result: merge.result)
    }
    return BytePairModel(
      vocabulary: vocabulary, merges: table, settings: BytePairModel.Settings())
  }

  /// A tokenizer of these pieces, which equals the one that the files describe.
  public func tokenizer(template: TokenTemplate) -> Tokenizer {
    var parts = TokenizerParts(model: model)
    parts.preTokenizer = WordCounts.preTokenizer
    parts.decoder = ByteLevelDecoder()
    parts.postProcessor = PostProcessorSequence(stages: [
      OffsetTrimmer(isActive: true, addsPrefixSpace: true), template.processor,
    ])
    parts.added.add(specials.addedTokens, beside: parts.model.vocabulary)
    for (role, id) in specials.roles(template) {
      parts.special[role] = id
    }
    parts.collectSpecial()
    // Without a normalizer there is nothing that can fail.
    try? parts.prepareAddedTokens()
    return Tokenizer(parts: parts)
  }
}
