import Transformers

extension ModelDescription {
  /// The columns of the logits that are a distribution together: all tokens of the vocabulary, or
  /// the classes of each task.
  public var distributionColumns: [Range<Int>] {
    classification?.tasks.map(\.columns) ?? [0..<vocabularySize]
  }

  /// The distributions of a row of logits: one, unless the model is a classifier for several tasks.
  public func distributions(_ logits: [Double]) -> [Distribution] {
    distributionColumns.map { Distribution(logits: Array(logits[$0])) }
  }

  /// The divergence of `other` logits (q) from these (p), in nats; summed over the tasks of a
  /// classifier.
  public func divergence(_ logits: [Double], to other: [Double]) -> Double {
    zip(distributions(logits), distributions(other)).reduce(0) { $0 + $1.0.divergence(to: $1.1) }
  }
}
