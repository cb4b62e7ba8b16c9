import Faults
import Transformers

/// Neighbouring logits that make a distribution together.
public struct LogitGroup: Sendable, Hashable {
  /// Which logits they are.
  public let columns: Range<Int>
  /// Whether it is one logit, whose sigmoid says how likely its label is.
  public let isBinary: Bool

  /// The distribution, from a whole row of logits; of a binary group that of the label and its
  /// absence, in this order.
  public func distribution(_ logits: [Double]) -> Distribution {
    Distribution(logits: Array(logits[columns]) + (isBinary ? [0] : []))
  }

  /// One number for each of the group's logits, out of one for each entry of the distribution.
  func own(_ numbers: [Double]) -> ArraySlice<Double> { numbers.prefix(columns.count) }
}

extension ModelDescription {
  /// What is a distribution together: all tokens of the vocabulary, the classes of each task, or each
  /// label with its absence; nothing where the logits are values.
  public var logitGroups: [LogitGroup] {
    guard let classification else {
      return [LogitGroup(columns: 0..<vocabularySize, isBinary: false)]
    }
    switch classification.reading {
    case .choice:
      return classification.tasks.map { LogitGroup(columns: $0.columns, isBinary: false) }
    case .independent:
      return classification.labels.indices.map { LogitGroup(columns: $0..<$0 + 1, isBinary: true) }
    case .value: return []
    }
  }

  /// The distributions of a row of logits: one, unless the model is a classifier for several tasks, or
  /// of labels that do not exclude one another.
  public func distributions(_ logits: [Double]) -> [Distribution] {
    logitGroups.map { $0.distribution(logits) }
  }

  /// The divergence of `other` logits (q) from these (p), in nats; summed over the tasks of a
  /// classifier.
  public func divergence(_ logits: [Double], to other: [Double]) -> Double {
    zip(distributions(logits), distributions(other)).reduce(0) { $0 + $1.0.divergence(to: $1.1) }
  }

  /// Refuses a model whose logits are values, where probabilities are needed.
  ///
  /// - Throws: `Fault` with the code `no-probabilities`.
  public func requireProbabilities() throws(Fault) {
    guard let classification, classification.reading == .value else { return }
    throw Fault(
      "no-probabilities",
      "this model gives \(classification.labels.count == 1 ? "a value" : "values") "
        + "(problem_type regression), which is no distribution",
      help: "measure the value itself:   measure p (logit \"\(classification.labels[0])\")")
  }
}
