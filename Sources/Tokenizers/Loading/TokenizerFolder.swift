import Foundation

/// Finds a tokenizer's files in a folder and reads the best of them.
enum TokenizerFolder {
  static func read(_ folder: URL) throws(TokenizerError) -> TokenizerParts {
    func file(_ name: String) -> URL? {
      let url = folder.appendingPathComponent(name)
      return FileManager.default.fileExists(atPath: url.path) ? url : nil
    }
    let config = try TokenizerConfig(folder: folder)
    var parts: TokenizerParts
    if let url = file("tokenizer.json") {
      parts = try TokenizerFileReader.read(url)
      parts.apply(config)
      parts.follow(config)
    } else if let vocabulary = file("vocab.json"), let merges = file("merges.txt") {
      parts = try bytePair(vocabulary, merges, config)
    } else if let vocabulary = file("vocab.txt") {
      parts = try wordPiece(vocabulary, config)
    } else {
      throw .notFound(
        folder: folder.path,
        lookedFor: ["tokenizer.json", "vocab.json with merges.txt", "vocab.txt"])
    }
    parts.guessRoles()
    parts.collectSpecial()
    try parts.prepareAddedTokens(withoutSpecial: config.splitsSpecialTokens)
    return parts
  }

  /// GPT-2's byte-level BPE around bare files, with RoBERTa's template where they are RoBERTa's.
  ///
  /// Only here do `add_bos_token` and `add_eos_token` count: tokenizer.json says by its
  /// post-processor what is added, and the transformers library ignores the flags beside it.
  private static func bytePair(
    _ vocabularyFile: URL, _ mergesFile: URL, _ config: TokenizerConfig
  ) throws(TokenizerError) -> TokenizerParts {
    var reader = try JSONReader(contentsOf: vocabularyFile)
    let vocabulary = try VocabularyReader.object(&reader, place: "")
    try reader.expectEnd()
    guard vocabulary.count > 0 else {
      throw .malformed(file: reader.file, place: "", problem: "it lists no pieces")
    }
    let bytes = try FileBytes.read(mergesFile)
    var merges = MergeReader(
      vocabulary: vocabulary, prefixWidth: 0, file: mergesFile.lastPathComponent)
    var parts = TokenizerParts(
      model: BytePairModel(
        vocabulary: vocabulary, merges: try merges.lines(bytes),
        settings: BytePairModel.Settings()))
    parts.preTokenizer = ByteLevelPreTokenizer(
      addsPrefixSpace: config.addsPrefixSpace ?? false, usesPattern: true)
    parts.decoder = ByteLevelDecoder()
    var config = config
    if config.isRobertaLike {
      config.setDefaults([
        .bos: "<s>", .eos: "</s>", .unk: "<unk>", .sep: "</s>", .pad: "<pad>", .cls: "<s>",
        .mask: "<mask>",
      ])
      parts.apply(config)
      guard let cls = parts.special.cls, let sep = parts.special.sep else { return parts }
      parts.postProcessor = PostProcessorSequence(stages: [
        OffsetTrimmer(isActive: true, addsPrefixSpace: config.addsPrefixSpace ?? false),
        TemplateProcessor.roberta(classification: cls, separator: sep),
      ])
      return parts
    }
    config.setDefaults([.bos: "<|endoftext|>", .eos: "<|endoftext|>", .unk: "<|endoftext|>"])
    parts.apply(config)
    parts.postProcessor = TemplateProcessor.ends(
      beginning: config.addsBeginning == true ? parts.special.bos : nil,
      end: config.addsEnd == true ? parts.special.eos : nil)
    return parts
  }

  /// BERT's WordPiece around a bare vocabulary.
  ///
  /// Without a word from tokenizer_config.json on lower-casing, a vocabulary that has upper-case
  /// letters outside bracketed pieces such as `[CLS]` is taken to be cased.
  private static func wordPiece(
    _ vocabularyFile: URL, _ config: TokenizerConfig
  ) throws(TokenizerError) -> TokenizerParts {
    let vocabulary = try VocabularyReader.lines(
      try FileBytes.read(vocabularyFile), file: vocabularyFile.lastPathComponent)
    var config = config
    config.setDefaults([
      .unk: "[UNK]", .sep: "[SEP]", .pad: "[PAD]", .cls: "[CLS]", .mask: "[MASK]",
    ])
    let unknown = config.roles[.unk].map { String(decoding: $0.content, as: UTF8.self) }
    let lowercases = config.lowercases ?? !isCased(vocabulary)
    var parts = TokenizerParts(
      model: WordPieceModel(
        vocabulary: vocabulary, unknownPiece: unknown ?? "[UNK]", continuingPrefix: "##",
        longestWord: 100))
    parts.normalizer = BertNormalizer(
      cleansText: true, separatesChinese: config.separatesChinese ?? true,
      stripsAccents: config.stripsAccents ?? lowercases, lowercases: lowercases)
    parts.preTokenizer = PreTokenizerSequence.bert
    parts.decoder = WordPieceDecoder(prefix: Array("##".utf8), cleansUp: true)
    parts.apply(config)
    guard let cls = parts.special.cls, let sep = parts.special.sep else { return parts }
    parts.postProcessor = TemplateProcessor.bert(classification: cls, separator: sep)
    return parts
  }

  private static func isCased(_ vocabulary: Vocabulary) -> Bool {
    vocabulary.contains { piece in
      piece.first != UInt8(ascii: "[")
        && piece.contains { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
    }
  }
}

extension TokenizerConfig {
  /// Lets pieces play roles that the files leave open.
  fileprivate mutating func setDefaults(_ defaults: [Role: String]) {
    for (role, piece) in defaults where roles[role] == nil {
      roles[role] = AddedToken(content: Array(piece.utf8), isNormalized: false, isSpecial: true)
    }
  }
}
