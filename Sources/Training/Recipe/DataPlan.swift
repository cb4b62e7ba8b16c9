/// What a model learns from.
public struct DataPlan: Sendable, Equatable, Codable {
  /// Where examples come from.
  public enum Source: Sendable, Equatable, Codable {
    /// The project's own language, with the shares of its kinds of document where they differ from
    /// the usual ones.
    case english(mixture: [String: Double])
    /// Texts of that language with a class in each of these tasks.
    case tasks([String])
    /// Images of shapes.
    case shapes
    /// A text file with one document a line.
    case file(path: String)
  }

  /// Where examples come from.
  public var source: Source
  /// How many entries the vocabulary has.
  public var vocabulary: Int
  /// The share of contexts that are random tokens said again and again, with a period of 8 to 31
  /// tokens: the shortest way to induction heads.
  public var repeats: Double
  /// The share of tokens that a masked model has to guess.
  public var masked: Double
  /// The share of agreeing verbs that a masked model has to guess: at the usual share it does not
  /// learn agreement past an attractor.
  public var maskedVerbs: Double

  /// A plan from its parts.
  public init(
    source: Source, vocabulary: Int = 1024, repeats: Double = 0, masked: Double = 0.15,
    maskedVerbs: Double = 0.15
  ) {
    self.source = source
    self.vocabulary = vocabulary
    self.repeats = repeats
    self.masked = masked
    self.maskedVerbs = maskedVerbs
  }
}
