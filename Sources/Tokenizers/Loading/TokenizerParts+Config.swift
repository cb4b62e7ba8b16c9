extension TokenizerParts {
  /// Applies what the configuration files say, as the classes of the transformers library do.
  mutating func apply(_ config: TokenizerConfig) {
    let roles = TokenizerConfig.Role.allCases.compactMap { config.roles[$0] }
    let missing = (config.addedTokens + roles).filter { added.id(of: $0.content) == nil }
    added.add(missing, beside: model.vocabulary)
    for (role, token) in config.roles {
      guard let id = id(of: token.content) else { continue }
      special[role] = id
    }
  }

  /// Lets the flags of tokenizer_config.json have the last word over the stages of tokenizer.json that
  /// they speak of, as the classes of the transformers library do.
  mutating func follow(_ config: TokenizerConfig) {
    if let bert = normalizer as? BertNormalizer {
      let lowercases = config.lowercases ?? bert.lowercases
      // Without a word on accents they go where case goes; the file has that settled already.
      let followsCase = config.lowercases != nil && bert.stripsAccents == bert.lowercases
      normalizer = BertNormalizer(
        cleansText: bert.cleansText,
        separatesChinese: config.separatesChinese ?? bert.separatesChinese,
        stripsAccents: config.stripsAccents ?? (followsCase ? lowercases : bert.stripsAccents),
        lowercases: lowercases)
    }
    if let space = config.addsPrefixSpace { preTokenizer = preTokenizer?.addingPrefixSpace(space) }
  }

  /// Names roles that no configuration names by the customary pieces, among the special added
  /// tokens only.
  mutating func guessRoles() {
    let customary: [(TokenizerConfig.Role, [String])] = [
      (.bos, ["<s>", "<bos>", "<|begin_of_text|>", "<|startoftext|>", "<|endoftext|>"]),
      (.eos, ["</s>", "<eos>", "<|end_of_text|>", "<|endoftext|>"]),
      (.unk, ["<unk>", "[UNK]"]),
      (.pad, ["<pad>", "[PAD]"]),
      (.mask, ["<mask>", "[MASK]"]),
      (.cls, ["[CLS]"]),
      (.sep, ["[SEP]"]),
    ]
    for (role, names) in customary where special[role] == nil {
      let ids = names.compactMap { added.id(of: $0.utf8) }
      special[role] = ids.first { added.isSpecial($0) }
    }
  }

  /// Gathers every id that a decoder may skip.
  mutating func collectSpecial() {
    special.all.formUnion(added.tokens.keys.filter { added.isSpecial($0) })
    special.all.formUnion(TokenizerConfig.Role.allCases.compactMap { special[$0] })
  }
}

extension SpecialTokens {
  /// The id that plays a role.
  subscript(role: TokenizerConfig.Role) -> Int? {
    get {
      switch role {
      case .bos: bos
      case .eos: eos
      case .unk: unk
      case .sep: sep
      case .pad: pad
      case .cls: cls
      case .mask: mask
      }
    }
    set {
      switch role {
      case .bos: bos = newValue
      case .eos: eos = newValue
      case .unk: unk = newValue
      case .sep: sep = newValue
      case .pad: pad = newValue
      case .cls: cls = newValue
      case .mask: mask = newValue
      }
    }
  }
}
