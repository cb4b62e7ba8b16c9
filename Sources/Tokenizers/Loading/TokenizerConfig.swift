import Foundation

/// What tokenizer_config.json and special_tokens_map.json say beside tokenizer.json.
struct TokenizerConfig {
  /// The roles that tokens can play, by their keys in the files.
  enum Role: String, CaseIterable {
    case bos = "bos_token"
    case eos = "eos_token"
    case unk = "unk_token"
    case sep = "sep_token"
    case pad = "pad_token"
    case cls = "cls_token"
    case mask = "mask_token"
  }

  var roles: [Role: AddedToken] = [:]
  /// Added tokens in the order of their ids.
  var addedTokens: [AddedToken] = []
  /// Whether to add a beginning-of-sequence token, for bare vocabularies.
  var addsBeginning: Bool?
  /// Whether to add an end-of-sequence token, for bare vocabularies.
  var addsEnd: Bool?
  var lowercases: Bool?
  var stripsAccents: Bool?
  var separatesChinese: Bool?
  var addsPrefixSpace: Bool?
  /// Whether special tokens in a text are text like any other.
  var splitsSpecialTokens = false
  /// The class of the transformers library that reads the files, without `Fast` at its end.
  var tokenizerClass: String?
  /// The kind of model that the tokenizer belongs to, by its config.json.
  var modelType: String?

  /// Reads the files that are there; a missing one says nothing.
  init(folder: URL) throws(TokenizerError) {
    modelType = try? Self.section("config.json", in: folder)?.optional("model_type")?.string()
    if let section = try Self.section("added_tokens.json", in: folder) {
      try readNumbered(section)
    }
    if let section = try Self.section("special_tokens_map.json", in: folder) {
      try readRoles(section)
    }
    if let section = try Self.section("tokenizer_config.json", in: folder) {
      try readRoles(section)
      try readSettings(section)
    }
  }

  private static func section(
    _ name: String, in folder: URL
  ) throws(TokenizerError) -> JSONSection? {
    let url = folder.appendingPathComponent(name)
    guard FileManager.default.fileExists(atPath: url.path) else { return nil }
    var reader = try JSONReader(contentsOf: url)
    let section = JSONSection(file: name, place: "", value: try reader.value())
    try reader.expectEnd()
    _ = try section.members()
    return section
  }

  private mutating func readRoles(_ section: JSONSection) throws(TokenizerError) {
    for role in Role.allCases {
      guard let token = section.optional(role.rawValue) else { continue }
      roles[role] = try token.specialToken()
    }
    guard let extra = section.optional("additional_special_tokens"),
      case .array = extra.value
    else { return }
    for token in try extra.elements() {
      addedTokens.append(try token.specialToken())
    }
  }

  private mutating func readSettings(_ section: JSONSection) throws(TokenizerError) {
    addsBeginning = try section.optional("add_bos_token")?.bool()
    addsEnd = try section.optional("add_eos_token")?.bool()
    lowercases = try section.optional("do_lower_case")?.bool()
    stripsAccents = try section.optional("strip_accents")?.bool()
    separatesChinese = try section.optional("tokenize_chinese_chars")?.bool()
    addsPrefixSpace = try section.optional("add_prefix_space")?.bool()
    splitsSpecialTokens = try section.bool("split_special_tokens", default: false)
    let name = try? section.optional("tokenizer_class")?.string()
    tokenizerClass = name.map { $0.hasSuffix("Fast") ? String($0.dropLast(4)) : $0 }
    guard let decoder = try section.optional("added_tokens_decoder")?.members() else { return }
    let numbered = decoder.sorted { (Int($0.key) ?? .max) < (Int($1.key) ?? .max) }
    var tokens: [AddedToken] = []
    for member in numbered {
      tokens.append(try member.value.addedToken())
    }
    addedTokens = tokens + addedTokens
  }

  /// The tokens of added_tokens.json, `{"piece": id, …}`, in the order of their ids.
  private mutating func readNumbered(_ section: JSONSection) throws(TokenizerError) {
    var numbered: [(id: Int, content: [UInt8])] = []
    for member in try section.members() {
      guard member.key.utf8.count <= AddedTokenMatcher.longestToken else {
        throw member.value.unsupported("an added token of \(member.key.utf8.count) bytes")
      }
      numbered.append((try member.value.count(), Array(member.key.utf8)))
    }
    addedTokens += numbered.sorted { $0.id < $1.id }.map { AddedToken(content: $0.content) }
  }

  /// Whether bare files of byte-level pairs are RoBERTa's, and not GPT-2's.
  var isRobertaLike: Bool {
    let classes = ["RobertaTokenizer", "BartTokenizer", "LongformerTokenizer", "LEDTokenizer"]
    if let tokenizerClass { return classes.contains(tokenizerClass) }
    return ["roberta", "roberta-prelayernorm", "bart", "longformer", "led"].contains(modelType)
  }
}

extension JSONSection {
  /// A token that plays a role: its text, or an object with its text and flags.
  fileprivate func specialToken() throws(TokenizerError) -> AddedToken {
    guard case .string(let text) = value else {
      var token = try addedToken()
      token.isSpecial = true
      return token
    }
    guard text.utf8.count <= AddedTokenMatcher.longestToken else {
      throw unsupported("a special token of \(text.utf8.count) bytes")
    }
    return AddedToken(content: Array(text.utf8), isNormalized: false, isSpecial: true)
  }
}
