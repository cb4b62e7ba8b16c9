import Faults
import Statistics
import Transformers

extension ExplanationCheck {
  /// Compares the order in which attention puts the tokens of the text with the order of their
  /// effects.
  ///
  /// The weights are those of the row of the output, or of all rows where the output is read from
  /// other tokens than these heads attend from, averaged over heads. Special tokens and the token that
  /// the output is read from do not take part, and neither does a token that the output cannot see.
  func rank(_ subject: ExplainedRow, _ result: inout Result) throws(Fault) {
    let effects = TokenEffects(experiment, subject)
    let tokens = effects.candidates
    guard tokens.count > 1 else { return }
    let weights = tokens.map { subject.attention.mean(to: $0, from: effects.query) }
    result.gradientAgreement = RankCorrelation.kendall(weights, try effects.gradients())
    result.leftOutAgreement = RankCorrelation.kendall(weights, try effects.leftOut())
  }
}

extension HeadPatterns {
  /// The weight of a key in a row, or in all of them, averaged over heads and layers.
  fileprivate func mean(to key: Int, from query: Int?) -> Double {
    var (sum, count) = (0.0, 0)
    for layer in layers {
      for head in layer.components.indices {
        for row in query.map({ [$0] }) ?? Array(0..<layer.queries) {
          sum += layer.weights[layer.start(head, row) + key]
          count += 1
        }
      }
    }
    return count == 0 ? .nan : sum / Double(count)
  }
}
