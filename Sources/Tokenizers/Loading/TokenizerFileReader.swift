import Foundation

/// Reads tokenizer.json.
///
/// Its truncation and padding settings are not read: the runtime pads batches itself, and text is
/// never cut silently.
struct TokenizerFileReader {
  private var reader: JSONReader

  static func read(_ url: URL) throws(TokenizerError) -> TokenizerParts {
    var reader = TokenizerFileReader(reader: try JSONReader(contentsOf: url))
    return try reader.read()
  }

  private init(reader: JSONReader) {
    self.reader = reader
  }

  private mutating func read() throws(TokenizerError) -> TokenizerParts {
    var model: (any SubwordModel)?
    var sections: [String: JSONSection] = [:]
    try reader.object { (reader, key) throws(TokenizerError) in
      switch key {
      case "model":
        model = try ModelReader.read(&reader)
      case "added_tokens", "normalizer", "pre_tokenizer", "post_processor", "decoder":
        sections[key] = JSONSection(file: reader.file, place: key, value: try reader.value())
      default:
        try reader.skip()
      }
    }
    try reader.expectEnd()
    guard let model else {
      throw .malformed(file: reader.file, place: "", problem: "`model` is missing")
    }
    return try assemble(model, sections)
  }

  private func assemble(
    _ model: any SubwordModel, _ sections: [String: JSONSection]
  ) throws(TokenizerError) -> TokenizerParts {
    func section(_ key: String) -> JSONSection? {
      guard let section = sections[key] else { return nil }
      if case .null = section.value { return nil }
      return section
    }
    var parts = TokenizerParts(model: model)
    parts.special.unk = model.unknownID
    parts.normalizer = try section("normalizer")?.normalizer()
    parts.preTokenizer = try section("pre_tokenizer")?.preTokenizer()
    parts.decoder = try section("decoder")?.decoder()
    if let tokens = try section("added_tokens")?.elements() {
      var added: [AddedToken] = []
      for token in tokens {
        added.append(try token.addedToken())
      }
      parts.added.add(added, beside: model.vocabulary)
    }
    if let section = section("post_processor") {
      parts.postProcessor = try section.postProcessor { id in
        parts.added.tokens[id] != nil || model.vocabulary.piece(id) != nil
      }
    }
    return parts
  }
}

extension JSONSection {
  /// An added token; its flags have the defaults of the `tokenizers` package.
  func addedToken() throws(TokenizerError) -> AddedToken {
    let content = Array(try string("content").utf8)
    guard content.count <= AddedTokenMatcher.longestToken else {
      throw unsupported("an added token of \(content.count) bytes")
    }
    let isSpecial = try bool("special", default: false)
    return AddedToken(
      content: content,
      isSingleWord: try bool("single_word", default: false),
      stripsLeft: try bool("lstrip", default: false),
      stripsRight: try bool("rstrip", default: false),
      isNormalized: try bool("normalized", default: !isSpecial),
      isSpecial: isSpecial)
  }
}
