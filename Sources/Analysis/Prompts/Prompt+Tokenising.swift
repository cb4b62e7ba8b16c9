import Faults
import Tensors
import Tokenizers
import Transformers

extension Prompt {
  /// The tokens of the prompt for a model, with its changes made.
  ///
  /// - Throws: `Fault` when the model has no tokenizer, the ids belong to another vocabulary, a
  ///   position is not there, or the model cannot take pairs or segments.
  public func row(for model: Model) throws(Fault) -> PromptRow {
    var tokens: [PromptToken]
    if model.description.embedding.patches != nil { return try imageRow(for: model) }
    switch content {
    case .image:
      throw Fault(
        "wrong-image", "\(model.name) reads text, and was given an image",
        help: "make a prompt of a text:   prompt \"…\"")
    case .text(let text, let pair): tokens = try Self.encode(text, pair: pair, for: model)
    case .ids(let ids, let types, let size):
      tokens = try Self.label(ids, types: types, vocabularySize: size, for: model)
    }
    for change in changes { tokens = try change.apply(to: tokens, model: model) }
    guard model.description.encoder != nil else {
      guard target == nil else {
        throw Fault(
          "wrong-source", "\(model.name) has one stack of layers: it has no target",
          help: "write the whole text as the prompt")
      }
      return PromptRow(tokens)
    }
    return PromptRow(try started(for: model), source: tokens)
  }

  /// The decoder's start token, and the target behind it.
  private func started(for model: Model) throws(Fault) -> [PromptToken] {
    guard let start = model.generation.startToken else {
      throw Fault(
        "no-start-token", "\(model.name) does not say which token its decoder starts with",
        help: "put decoder_start_token_id into its generation_config.json, or its config.json")
    }
    var fixed = [start]
    let written: [PromptToken]
    switch target {
    case nil: written = []
    case .ids(let ids)?:
      written = try Self.label(
        ids, types: nil, vocabularySize: model.description.vocabularySize, for: model)
    case .text(let text)?:
      if let first = model.generation.rules.first { fixed.append(first) }
      written = try Self.encode(text, pair: nil, isSource: false, for: model)
    }
    let tokenizer = try model.tokenizer()
    return fixed.map {
      PromptToken(id: $0, text: tokenizer?.text(of: $0) ?? "\($0)", origin: .template)
    } + written
  }

  private static func encode(
    _ text: String, pair: String?, isSource: Bool = true, for model: Model
  ) throws(Fault) -> [PromptToken] {
    guard let tokenizer = try model.tokenizer() else {
      throw Fault(
        "no-tokenizer", "\(model.name) has no tokenizer, so it cannot read text",
        help: "give ids instead:   prompt ids: [5, 9, 12]")
    }
    try MaskSpelling.check(text, tokenizer, model)
    let encoding: Encoding
    do {
      encoding = try tokenizer.encode(text, pair: pair, addSpecialTokens: isSource)
    } catch {
      throw Fault("bad-tokenizer", "\(error)")
    }
    let segments = model.description.embedding.segmentCount ?? 1
    return encoding.tokens.map { token in
      let origin: PromptToken.Origin =
        switch token.origin {
        case .text: .text
        case .second: .pair
        case .template: .template
        }
      return PromptToken(
        id: token.id, text: tokenizer.text(of: token.id), origin: origin,
        type: segments > 1 ? token.type : 0, range: origin == .template ? nil : token.offsets)
    }
  }

  private static func label(
    _ ids: [Int], types: [Int]?, vocabularySize: Int, for model: Model
  ) throws(Fault) -> [PromptToken] {
    guard vocabularySize == model.description.vocabularySize else {
      throw Fault(
        "wrong-vocabulary",
        "these ids belong to a vocabulary of \(vocabularySize), \(model.name) has "
          + "\(model.description.vocabularySize)",
        help: "make the prompt again for this model")
    }
    if let types, types.count != ids.count {
      throw Fault(
        "wrong-segments", "there are \(ids.count) ids but \(types.count) types",
        help: "give one type for each id")
    }
    let tokenizer = try model.tokenizer()
    return ids.enumerated().map { index, id in
      let isKnown = (0..<model.description.vocabularySize).contains(id)
      return PromptToken(
        id: id, text: isKnown ? tokenizer?.text(of: id) ?? "\(id)" : "\(id)", origin: .text,
        type: types?[index] ?? 0)
    }
  }
}

extension PromptChange {
  func apply(to tokens: [PromptToken], model: Model) throws(Fault) -> [PromptToken] {
    let row = PromptRow(tokens)
    var changed = tokens
    switch self {
    case .mask(let selector):
      let mask = try MaskToken(for: model)
      for position in try row.resolve(selector) {
        changed[position].maskedID = changed[position].maskedID ?? changed[position].id
        changed[position].id = mask.id
        changed[position].text = mask.text
        changed[position].origin = .mask
      }
    case .drop(let selector):
      for position in Set(try row.resolve(selector)).sorted(by: >) { changed.remove(at: position) }
    case .swap(let first, let second):
      changed.swapAt(try row.resolveOne(first), try row.resolveOne(second))
    case .shuffle(let selector, let seed):
      let places =
        try selector.map { selector throws(Fault) in try row.resolve(selector) }
        ?? tokens.indices.filter { tokens[$0].origin != .template }
      var generator = SeededGenerator(seed: seed)
      for (place, source) in zip(places, places.shuffled(using: &generator)) {
        changed[place] = tokens[source]
      }
    }
    return changed
  }
}

/// The token that stands for a masked one.
public struct MaskToken: Sendable {
  /// Its id.
  public var id: Int
  /// Its text.
  public var text: String
  /// What it is: the model's mask token, or what is nearest to one.
  public var name: String

  /// The mask token of a model; for one that has none, its unknown token, or else the token that
  /// starts or ends a text.
  ///
  /// - Throws: `Fault` when it has none of these.
  public init(for model: Model) throws(Fault) {
    guard let tokenizer = try model.tokenizer() else {
      throw Fault(
        "no-mask-token", "\(model.name) has no tokenizer, so its mask token is not known",
        help: "drop the token instead, or write the ids that you mean")
    }
    let special = tokenizer.special
    let choices = [
      (special.mask, "the mask token"), (special.unk, "the unknown token (the model has no mask)"),
      (special.eos, "the end token (the model has no mask)"),
      (special.bos, "the start token (the model has no mask)"),
    ]
    for (id, name) in choices {
      guard let id else { continue }
      self.id = id
      self.name = name
      text = tokenizer.text(of: id)
      return
    }
    throw Fault(
      "no-mask-token", "\(model.name) has no mask, unknown, end or start token",
      help: "drop the token instead")
  }
}
