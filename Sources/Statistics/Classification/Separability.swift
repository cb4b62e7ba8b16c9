import Tensors

/// How well a linear classifier tells labels apart that it was not fitted on.
public struct Separability: Sendable {
  /// The share of points whose label was found, each by the classifier fitted without its part.
  public let accuracy: Double
  /// The accuracy of each part.
  public let parts: [Double]
  /// The label that each point got from the classifier fitted without its part.
  public let predictions: [Int]
  /// Whether each point's label was found, 1 or 0.
  public let hits: [Double]
  /// The share of the most frequent label: what can be had without looking.
  public let majority: Double
  /// The mean of -ln p of the labels, in nats, on the held-out points.
  public let crossEntropy: Double
  private let labels: [Int]

  /// Fits and tests with `folds`, columns standardised on the fitted parts.
  ///
  /// - Parameters:
  ///   - labels: one for each row, from 0; with one label everything is found.
  ///   - ridge: the penalty of the classifier.
  /// - Throws: `StatisticsError` for fewer than two parts, or numbers that are not finite.
  public init(
    _ points: Matrix, labels: [Int], folds: Folds, ridge: Double = 1
  ) throws(StatisticsError) {
    guard folds.count >= 2 else {
      throw .tooFew(what: "points or groups to hold out", count: folds.count, least: 2)
    }
    guard labels.count == points.rows, folds.assignments.count == points.rows else {
      throw .shape(what: "the labels", expected: "[\(points.rows)]", found: [labels.count])
    }
    let classes = (labels.max() ?? 0) + 1
    var predictions = labels
    var hits = [Double](repeating: 0, count: labels.count)
    var (parts, nats) = ([Double](), 0.0)
    for part in 0..<folds.count {
      let (rest, held) = (folds.rest(part), folds.held(part))
      let fitted = points.selecting(rows: rest)
      let standard = Standardisation(fitted)
      let classifier = try LogisticRegression(
        standard.apply(fitted), labels: rest.map { labels[$0] }, classes: classes, ridge: ridge)
      let tested = standard.apply(points.selecting(rows: held))
      let wanted = held.map { labels[$0] }
      for (item, label) in zip(held, classifier.predict(tested)) {
        predictions[item] = label
        hits[item] = label == labels[item] ? 1 : 0
      }
      parts.append(held.reduce(0) { $0 + hits[$1] } / Double(held.count))
      nats += classifier.crossEntropy(tested, labels: wanted) * Double(held.count)
    }
    var counts = [Int](repeating: 0, count: classes)
    for label in labels { counts[label] += 1 }
    self.predictions = predictions
    self.hits = hits
    self.labels = labels
    self.parts = parts
    accuracy = hits.reduce(0, +) / Double(hits.count)
    majority = Double(counts.max() ?? 0) / Double(labels.count)
    crossEntropy = nats / Double(labels.count)
  }

  /// The accuracy with the labels in random orders, behind the same predictions: what can be had by
  /// giving labels as often as the classifier does, without looking.
  ///
  /// - Returns: the mean with the range of 95 % of the orders, and the share of orders, the observed
  ///   one counted, that are as accurate.
  public func null(seed: UInt64) -> (accuracy: Estimate, p: Double) {
    var random = SeededGenerator(seed: seed, name: "labels")
    // Of many points each order says more.
    let orders = min(1000, max(200, 4_000_000 / labels.count))
    let found = (0..<orders).map { _ in
      let order = random.permutation(labels.count)
      var hits = 0
      for place in order.indices where labels[order[place]] == predictions[place] { hits += 1 }
      return Double(hits) / Double(labels.count)
    }
    let test = PermutationTest.result(observed: accuracy, null: found)
    return (Estimate(value: test.nullMean, resampled: found, level: 0.95), test.p)
  }
}
