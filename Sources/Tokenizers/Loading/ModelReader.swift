/// Reads the `model` section of tokenizer.json, the vocabulary straight into its table.
struct ModelReader {
  private var vocabulary: Vocabulary?
  /// Log probabilities, when the vocabulary is a list of pieces with them.
  private var scores: [Double] = []
  private var mergesPosition: Int?
  private var settings: [(key: String, value: JSONValue)] = []

  /// Reads the section that `reader` stands before.
  static func read(_ reader: inout JSONReader) throws(TokenizerError) -> any SubwordModel {
    var model = ModelReader()
    try reader.object { (reader, key) throws(TokenizerError) in
      switch key {
      case "vocab": try model.readVocabulary(&reader)
      case "merges":
        _ = reader.peek()
        model.mergesPosition = reader.position
        try reader.skip()
      default: model.settings.append((key, try reader.value()))
      }
    }
    return try model.build(reader)
  }

  private mutating func readVocabulary(_ reader: inout JSONReader) throws(TokenizerError) {
    if reader.peek() == UInt8(ascii: "[") {
      (vocabulary, scores) = try VocabularyReader.scored(&reader, place: "model.vocab")
    } else {
      vocabulary = try VocabularyReader.object(&reader, place: "model.vocab")
    }
  }

  private func build(_ reader: JSONReader) throws(TokenizerError) -> any SubwordModel {
    let section = JSONSection(file: reader.file, place: "model", value: .object(settings))
    guard let vocabulary else { throw section.malformed("`vocab` is missing") }
    guard vocabulary.count > 0 else { throw section.malformed("`vocab` is empty") }
    switch try section.optional("type")?.string() ?? impliedType(section) {
    case "BPE": return try bytePair(vocabulary, section, reader)
    case "WordPiece":
      return WordPieceModel(
        vocabulary: vocabulary,
        unknownPiece: try section.optional("unk_token")?.string() ?? "[UNK]",
        continuingPrefix: try section.optional("continuing_subword_prefix")?.string() ?? "##",
        longestWord: try section.optional("max_input_chars_per_word")?.count() ?? 100)
    case "WordLevel":
      return WordLevelModel(
        vocabulary: vocabulary,
        unknownPiece: try section.optional("unk_token")?.string() ?? "<unk>")
    case "Unigram": return try unigram(vocabulary, section)
    case let type: throw section.unsupported("a model of type `\(type)`")
    }
  }

  /// Old files do not name the type.
  private func impliedType(_ section: JSONSection) -> String {
    if mergesPosition != nil { return "BPE" }
    if !scores.isEmpty { return "Unigram" }
    return section.value["max_input_chars_per_word"] != nil ? "WordPiece" : "WordLevel"
  }

  private func bytePair(
    _ vocabulary: Vocabulary, _ section: JSONSection, _ reader: JSONReader
  ) throws(TokenizerError) -> any SubwordModel {
    if case .number(let dropout)? = section.value["dropout"], dropout > 0 {
      throw section.unsupported("merges dropped at random (`dropout`)")
    }
    var settings = BytePairModel.Settings()
    settings.unknownPiece = try section.optional("unk_token")?.string()
    settings.fusesUnknown = try section.bool("fuse_unk", default: false)
    settings.fallsBackToBytes = try section.bool("byte_fallback", default: false)
    settings.ignoresMerges = try section.bool("ignore_merges", default: false)
    let prefix = try section.optional("continuing_subword_prefix")?.string() ?? ""
    settings.continuingPrefix = Array(prefix.unicodeScalars)
    settings.wordSuffix = Array(
      try section.optional("end_of_word_suffix")?.string().unicodeScalars ?? "".unicodeScalars)
    guard let mergesPosition else { throw section.malformed("`merges` is missing") }
    var mergeReader = reader
    mergeReader.position = mergesPosition
    var merges = MergeReader(
      vocabulary: vocabulary, prefixWidth: prefix.utf8.count, file: reader.file)
    return BytePairModel(
      vocabulary: vocabulary, merges: try merges.list(&mergeReader, place: "model.merges"),
      settings: settings)
  }

  private func unigram(
    _ vocabulary: Vocabulary, _ section: JSONSection
  ) throws(TokenizerError) -> any SubwordModel {
    guard !scores.isEmpty else { throw section.malformed("`vocab` should be a list of pairs") }
    let unknownID = try section.optional("unk_id")?.count()
    if let unknownID, unknownID >= scores.count {
      throw section.malformed("`unk_id` is \(unknownID), and there are \(scores.count) pieces")
    }
    return UnigramModel(
      vocabulary: vocabulary, scores: scores, unknownID: unknownID,
      fallsBackToBytes: try section.bool("byte_fallback", default: false))
  }
}
