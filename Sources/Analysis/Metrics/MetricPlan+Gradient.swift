import Faults
import Foundation
import Transformers

extension MetricPlan {
  /// The gradient of the number with respect to the logits that `value` reads, shaped as they are.
  ///
  /// - Throws: `Fault` when the metric changes in steps.
  func gradient(_ logits: [[Double]], untouched: [[Double]]?) throws(Fault) -> [[Double]] {
    switch formula {
    case .column: return [[1]]
    case .difference: return [[1, -1]]
    case .sequence(let ids, let isLog):
      let factor = isLog ? 1 : value(logits, untouched: untouched)
      return zip(ids, logits).map { surprise($0, $1, times: -factor) }
    case .rank:
      throw Fault(
        "not-differentiable", "a rank changes in steps: it has no gradient",
        help: "differentiate the token's logarithm of the probability instead, with   log_prob")
    case .loss(let targets):
      return zip(targets, logits).map { surprise($0, $1, times: 1 / Double(targets.count)) }
    case .entropy:
      return [
        eachDistribution(of: logits[0]) { distribution, _ in
          let entropy = distribution.entropy
          return distribution.logits.indices.map { id in
            let probability = distribution.probability(id)
            return probability > 0
              ? -probability * (distribution.logProbability(id) + entropy) : 0
          }
        }
      ]
    case .divergence:
      return [
        eachDistribution(of: logits[0]) { distribution, group in
          let before = untouched.map { group.distribution($0[0]) }
          return distribution.logits.indices.map { id in
            before.map { distribution.probability(id) - $0.probability(id) } ?? 0
          }
        }
      ]
    }
  }

  /// `factor` times the gradient of −ln p of a token or class.
  private func surprise(_ id: Int, _ logits: [Double], times factor: Double) -> [Double] {
    let own = group(with: id)
    return eachDistribution(of: logits) { distribution, group in
      let entries = distribution.logits.indices
      guard group == own else { return entries.map { _ in 0 } }
      return entries.map { entry in
        let isRight = entry == id - group.columns.lowerBound
        return factor * (distribution.probability(entry) - (isRight ? 1 : 0))
      }
    }
  }

  /// One number for each logit, distribution by distribution.
  private func eachDistribution(
    of logits: [Double], _ body: (Distribution, LogitGroup) -> [Double]
  ) -> [Double] {
    var result = Array(repeating: 0.0, count: logits.count)
    for group in distributions {
      result.replaceSubrange(
        group.columns, with: group.own(body(group.distribution(logits), group)))
    }
    return result
  }

  /// Adds the gradient for the plan's own columns to a row of those that were computed for all plans.
  func spread(_ gradient: [Double], into row: inout ArraySlice<Double>, of output: OutputRequest) {
    guard let columns else {
      for (index, number) in gradient.enumerated() { row[row.startIndex + index] += number }
      return
    }
    for (column, number) in zip(columns, gradient) {
      row[row.startIndex + (output.columns?.firstIndex(of: column) ?? column)] += number
    }
  }
}
