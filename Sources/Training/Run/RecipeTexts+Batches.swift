import Faults
import Tokenizers
import Transformers

extension Objective {
  /// What stands around a text.
  var template: TokenTemplate {
    switch self {
    case .causal: .beginning
    case .translation: .end
    case .masked, .classification, .images, .imageCodes: .bothEnds
    }
  }
}

extension RecipeTexts {
  /// How many texts a vocabulary of some size is learnt from: enough to count rare pieces.
  private static func vocabularySample(_ size: Int) -> Int { min(40 * size, 40_000) }
  /// How many texts the tokens that may be put at random are taken from.
  private static let tokenSample = 4_000

  /// The vocabulary, the same for every seed and objective over one source.
  func vocabulary(size: Int) throws(Fault) -> BytePairVocabulary {
    let texts = vocabularySource.texts(draw: 0, count: Self.vocabularySample(size))
    do {
      let own = try BytePairVocabulary.trained(on: WordCounts(texts.map(\.text)), size: size)
      guard let targets else { return own }
      // Behind the vocabulary of the sources, whose ids stay as they are.
      let further = targets.texts(draw: 0, count: Self.vocabularySample(size)).compactMap(\.target)
      return try own.grown(to: 2 * size, over: WordCounts(further))
    } catch {
      throw Fault("bad-recipe", "\(error)")
    }
  }

  /// The batches of a recipe.
  func batches(_ recipe: Recipe, _ tokenizer: Tokenizer) throws(Fault) -> any BatchMaker {
    let dropout = TokenDropout(rate: recipe.tokenDropout, textIDs: try occurringIDs(tokenizer))
    let draws = Draws(seed: recipe.seed)
    let (rows, context) = (recipe.optimiser.batch, recipe.model.context)
    switch recipe.objective {
    case .causal:
      return CausalBatches(
        source: source, tokenizer: tokenizer, rows: rows, context: context,
        repeats: recipe.data.repeats, dropout: dropout, draws: draws,
        boundary: SpecialPieces.beginningID)
    case .masked:
      return MaskedBatches(
        source: source, tokenizer: tokenizer, mask: SpecialPieces.maskID, rows: rows,
        context: context, plan: recipe.data, dropout: dropout, draws: draws)
    case .translation:
      return TranslationBatches(
        source: source, tokenizer: tokenizer, rows: rows, context: context, dropout: dropout,
        draws: draws, start: SpecialPieces.beginningID, end: SpecialPieces.endID)
    case .classification:
      return ClassBatches(
        source: source, tokenizer: tokenizer, rows: rows, context: context, dropout: dropout,
        draws: draws, classes: tasks.map(\.labels.count))
    case .images, .imageCodes:
      throw Fault("bad-recipe", "images are no text")
    }
  }

  /// The ids that occur in the texts, in order.
  private func occurringIDs(_ tokenizer: Tokenizer) throws(Fault) -> [Int] {
    var found = Set<Int>()
    for text in source.texts(draw: 0, count: Self.tokenSample) {
      found.formUnion(try tokenizer.ids(text.text))
    }
    return found.sorted()
  }
}
