import Faults
import Statistics
import Tensors
import Transformers

/// How far apart two views of the same tokens lie: 1 less the correlation of their canonical variates,
/// weighted by what these account for (PWCCA; Morcos and others 2018).
///
/// Weights of the first and of the second view give two distances; the one that counts is their mean.
public struct ViewDistance: Sendable {
  /// The distance, from 0 to 1, with its interval by bootstrap over sentences.
  public let distance: Estimate
  /// The distance by the weights of the first view.
  public let first: Double
  /// The distance by the weights of the second view.
  public let second: Double
  /// The distance of views that have nothing to do with each other: rows in a random order.
  public let null: Double
  /// What must be said of the sample.
  public let notes: [String]

  /// The distance as a share of that of unrelated views.
  public var share: Double {
    null < Bootstrap.leastDenominator ? .nan : distance.value / null
  }

  /// The fewest tokens for vectors of a width.
  static func leastRows(width: Int) -> Int { 2 * width }

  /// The fewest tokens for which no direction is left out.
  static func amplyRows(width: Int) -> Int { 10 * width }

  /// Compares two views, [token, width] each.
  ///
  /// With fewer than ten tokens for each direction both are reduced to principal components, which
  /// are fitted on one half of the sentences, and compared on the other.
  ///
  /// - Parameter sentences: The sentence of each token.
  /// - Throws: `Fault` when there are too few tokens, or a number is not finite.
  init(
    _ first: Tensor<Float>, _ second: Tensor<Float>, sentences: [Int], seed: UInt64
  ) throws(Fault) {
    var settings = ViewComparison.Settings(.pwcca)
    settings.isReduced =
      sentences.count < Self.amplyRows(width: max(first.shape[1], second.shape[1]))
    settings.units = sentences
    settings.seed = seed
    // Only the mean of the null is told.
    settings.shuffles = 20
    let views = (try first.matrix(), try second.matrix())
    guard !views.0.isConstant, !views.1.isConstant else {
      distance = Estimate(value: .nan, low: .nan, high: .nan)
      (self.first, self.second, null) = (.nan, .nan, .nan)
      notes = ["no distance where all tokens have one and the same vector"]
      return
    }
    let found = try onNumbers { () throws(StatisticsError) in
      try ViewComparison(views.0, views.1, settings)
    }
    let score = found.score
    distance = Estimate(
      value: score.distance, low: 1 - score.similarity.high, high: 1 - score.similarity.low,
      skipped: score.similarity.skipped)
    self.first = found.scores[0].distance
    self.second = found.scores[1].distance
    null = score.nullDistance
    notes = found.notes
  }
}
