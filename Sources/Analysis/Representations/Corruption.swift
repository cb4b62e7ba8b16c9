import Faults
import Tensors
import Transformers

/// Hides tokens as the training of masked models does (Devlin et al., 2019): of those that are
/// chosen 80 % become the mask, 10 % a random token, and 10 % stay.
public struct Corruption: Sendable {
  /// The share of tokens that is chosen.
  public static let share = 0.15

  private let mask: MaskToken
  private let textIDs: [Int]
  private let text: @Sendable (Int) -> String

  /// - Throws: `Fault` when the model was not trained with a mask.
  public init(for model: Model) throws(Fault) {
    let tokenizer = try model.tokenizer()
    guard let tokenizer, tokenizer.special.mask != nil else {
      throw Fault(
        "no-mask-token", "\(model.name) has no mask token, so its texts cannot be corrupted",
        help: "corrupted texts are for masked language models; take   data: \"clean\"")
    }
    mask = try MaskToken(for: model)
    textIDs = (0..<tokenizer.vocabularySize).filter { !tokenizer.special.isSpecial($0) }
    text = { tokenizer.text(of: $0) }
  }

  /// The row with tokens hidden; each that was chosen remembers what it was.
  public func corrupt(
    _ row: AnnotatedRow, _ stack: Stack, _ random: inout SeededGenerator
  ) -> AnnotatedRow {
    var row = row
    if stack == .encoder {
      row.row.source = row.row.source.map { corrupt($0, &random) }
    } else {
      row.row.tokens = corrupt(row.row.tokens, &random)
    }
    return row
  }

  private func corrupt(_ tokens: [PromptToken], _ random: inout SeededGenerator) -> [PromptToken] {
    tokens.map { token in
      guard token.origin == .text || token.origin == .pair, random.uniform() < Self.share else {
        return token
      }
      var hidden = token
      hidden.maskedID = token.id
      let draw = random.uniform()
      if draw < 0.8 {
        hidden.id = mask.id
        hidden.origin = .mask
      } else if draw < 0.9, let other = textIDs.randomElement(using: &random) {
        hidden.id = other
      }
      hidden.text = text(hidden.id)
      return hidden
    }
  }
}

extension [AnnotatedRow] {
  /// The same texts with tokens hidden as in the training of masked models.
  ///
  /// - Parameters:
  ///   - stack: The side whose tokens are hidden; the one that the texts are read by, when nil.
  ///   - seed: What is hidden.
  /// - Throws: `Fault` when the model was not trained with a mask.
  public func corrupted(
    for model: Model, _ stack: Stack? = nil, seed: UInt64
  ) throws(Fault) -> [AnnotatedRow] {
    let corruption = try Corruption(for: model)
    let stack = stack ?? (model.description.encoder == nil ? .decoder : .encoder)
    var random = SeededGenerator(seed: seed, name: "corruption")
    return map { corruption.corrupt($0, stack, &random) }
  }
}

extension CorpusTokens {
  /// The same texts with tokens hidden as in the training of masked models.
  ///
  /// - Throws: `Fault` when the model was not trained with a mask.
  public func corrupted(for model: Model, seed: UInt64) throws(Fault) -> CorpusTokens {
    CorpusTokens(
      try rows.corrupted(for: model, stack, seed: seed), of: model.description, stack: stack,
      isCorrupted: true)
  }
}
