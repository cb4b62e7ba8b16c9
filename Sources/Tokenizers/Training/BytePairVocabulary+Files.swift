import Foundation

extension BytePairVocabulary {
  /// The files of the tokenizer, by name: tokenizer.json, tokenizer_config.json and
  /// special_tokens_map.json.
  ///
  /// Sonde, the `tokenizers` package and the transformers library read the same tokenizer from
  /// them. The same vocabulary always gives the same bytes.
  ///
  /// - Parameter longestInput: how many tokens the model can read at once, where that is bounded.
  /// - Throws: what Foundation says when it cannot write JSON.
  public func files(
    template: TokenTemplate, longestInput: Int? = nil
  ) throws -> [String: Data] {
    let roles = Dictionary(
      uniqueKeysWithValues: specials.roles(template).map { ($0.role.rawValue, pieces[$0.id]) })
    var config: [String: Any] = roles
    config["tokenizer_class"] = "PreTrainedTokenizerFast"
    config["clean_up_tokenization_spaces"] = false
    config["model_max_length"] = longestInput
    config["added_tokens_decoder"] = Dictionary(
      uniqueKeysWithValues: specials.addedTokens.enumerated().map { ("\($0)", Self.json($1)) })
    return [
      "tokenizer.json": try Self.data(tokenizerFile(template)),
      "tokenizer_config.json": try Self.data(config),
      "special_tokens_map.json": try Self.data(roles),
    ]
  }

  private static func data(_ object: Any) throws -> Data {
    try JSONSerialization.data(
      withJSONObject: object, options: [.sortedKeys, .withoutEscapingSlashes])
  }

  private func tokenizerFile(_ template: TokenTemplate) -> [String: Any] {
    let byteLevel: [String: Any] = [
      "type": "ByteLevel", "add_prefix_space": true, "trim_offsets": true, "use_regex": true,
    ]
    return [
      "version": "1.0",
      "added_tokens": specials.addedTokens.enumerated().map { id, token in
        Self.json(token).merging(["id": id]) { $1 }
      },
      "pre_tokenizer": byteLevel,
      "post_processor": [
        "type": "Sequence", "processors": [byteLevel, json(template.processor)],
      ],
      "decoder": byteLevel,
      "model": [
        "type": "BPE", "fuse_unk": false, "byte_fallback": false, "ignore_merges": false,
        "vocab": Dictionary(
          uniqueKeysWithValues: pieces.enumerated().map { ($0.element, $0.offset) }),
        "merges": merges.map { [pieces[$0.left], pieces[$0.right]] },
      ],
    ]
  }

  private static func json(_ token: AddedToken) -> [String: Any] {
    [
      "content": String(decoding: token.content, as: UTF8.self),
      "single_word": token.isSingleWord, "lstrip": token.stripsLeft, "rstrip": token.stripsRight,
      "normalized": token.isNormalized, "special": token.isSpecial,
    ]
  }

  private func json(_ template: TemplateProcessor) -> [String: Any] {
    var named: [String: Any] = [:]
    func json(_ part: TemplateProcessor.Part) -> [[String: Any]] {
      switch part {
      case .text(let second, let type):
        return [["Sequence": ["id": second ? "B" : "A", "type_id": type] as [String: Any]]]
      case .special(let ids, let type):
        return ids.map { id in
          let piece = pieces[id]
          named[piece] = ["id": piece, "ids": [id], "tokens": [piece]] as [String: Any]
          return ["SpecialToken": ["id": piece, "type_id": type] as [String: Any]]
        }
      }
    }
    let single = template.single.flatMap(json)
    let pair = template.pair.flatMap(json)
    return [
      "type": "TemplateProcessing", "single": single, "pair": pair, "special_tokens": named,
    ]
  }
}
