import Foundation

/// What a trained model's folder says of itself.
public struct ModelCard: Sendable, Equatable, Codable {
  /// What the model is for, in one line.
  public var purpose: String
  /// How it was made.
  public var recipe: Recipe
  /// How many numbers it has.
  public var parameters: Int
  /// The mean loss of the last steps, in nats.
  public var trainingLoss: Double
  /// What was measured on data that it was not trained on.
  public var scores: [Score]

  /// One measurement.
  public struct Score: Sendable, Equatable, Codable {
    /// What was measured.
    public var name: String
    /// The number.
    public var value: Double
    /// What it should reach: at least, or at most where `isUpperBound` says so.
    public var wanted: Double?
    /// Whether lower is better.
    public var isUpperBound: Bool
    /// How many cases were counted.
    public var count: Int

    /// A measurement from its parts.
    public init(
      _ name: String, _ value: Double, wanted: Double? = nil, isUpperBound: Bool = false,
      count: Int
    ) {
      self.name = name
      self.value = value
      self.wanted = wanted
      self.isUpperBound = isUpperBound
      self.count = count
    }

    /// Whether it is what it should be.
    public var isReached: Bool {
      guard let wanted else { return true }
      return isUpperBound ? value <= wanted : value >= wanted
    }
  }

  /// A card from its parts.
  public init(
    purpose: String, recipe: Recipe, parameters: Int, trainingLoss: Double, scores: [Score] = []
  ) {
    self.purpose = purpose
    self.recipe = recipe
    self.parameters = parameters
    self.trainingLoss = trainingLoss
    self.scores = scores
  }

  /// The file's bytes.
  var data: Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(self)) ?? Data()
  }

  /// The card in a folder, or nil where there is none that can be read.
  public init?(in folder: URL) {
    let url = folder.appendingPathComponent(TrainedModel.cardName)
    guard let data = try? Data(contentsOf: url),
      let card = try? JSONDecoder().decode(ModelCard.self, from: data)
    else { return nil }
    self = card
  }
}
