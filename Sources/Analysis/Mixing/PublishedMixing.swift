import Transformers

/// Mixing ratios that were published for models that people load, in percent.
public struct PublishedMixing: Sendable {
  /// The model and the data.
  public let source: String
  /// The mean, and where known the greatest and the least ratio of a token.
  public let numbers: [MixingVariant: (mean: Double, most: Double?, least: Double?)]
  /// By how much values and output projection lengthen vectors, in the first layers.
  public let expansions: [Double]?

  /// What is known for a model; nil for all but the two models that were measured.
  public static func of(_ model: ModelDescription) -> PublishedMixing? {
    guard model.width == 768, model.blocks.count == 12, model.blocks[0].attention.heads == 12
    else { return nil }
    switch (model.family, model.vocabularySize) {
    case ("bert", 30_522): return bert
    case ("roberta", 50_265): return roberta
    default: return nil
    }
  }

  private static let data = "992 sequences of Wikipedia, 12 % masked (Kobayashi et al., 2021)"

  private static let bert = PublishedMixing(
    source: "BERT-base-uncased, \(data)",
    numbers: [
      .attentionWeights: (96.41, 99.99, 45.04), .attentionNorms: (85.28, 99.96, 4.89),
      .residualWeights: (48.21, 49.99, 22.52), .residualNorms: (22.25, 65.7, 2.04),
      .normedNorms: (18.75, 61.25, 1.27),
    ], expansions: [0.901, 0.740, 0.632, 0.679, 0.911, 0.989, 0.919, 0.905, 0.948])

  private static let roberta = PublishedMixing(
    source: "RoBERTa-base, \(data)",
    numbers: [
      .attentionWeights: (95.81, nil, nil), .attentionNorms: (84.42, nil, nil),
      .residualWeights: (47.91, nil, nil), .residualNorms: (19.55, nil, nil),
      .normedNorms: (16.24, nil, nil),
    ], expansions: nil)
}
