import Foundation
import Tensors

/// The probabilities behind a row of logits, computed in double precision.
public struct Distribution: Sendable {
  /// The logits.
  public let logits: [Double]
  /// ln Σ exp(logit).
  public let logSum: Double

  /// The distribution of a row of logits.
  public init(logits: [Double]) {
    self.logits = logits
    let top = logits.max() ?? 0
    let base = top.isFinite ? top : 0
    logSum = base + Foundation.log(logits.reduce(0) { $0 + Foundation.exp($1 - base) })
  }

  /// The natural logarithm of a token's probability.
  public func logProbability(_ id: Int) -> Double { logits[id] - logSum }

  /// A token's probability.
  public func probability(_ id: Int) -> Double { Foundation.exp(logProbability(id)) }

  /// How many tokens are likelier; of equal ones the lower id comes first.
  ///
  /// The likeliest has rank 1; what is not a number comes last.
  public func rank(_ id: Int) -> Int {
    let own = logits[id]
    return 1
      + logits.indices.count { other in
        let logit = logits[other]
        if own.isNaN { return !logit.isNaN || other < id }
        return logit > own || (logit == own && other < id)
      }
  }

  /// −Σ p ln p, in nats.
  public var entropy: Double {
    logits.reduce(0) { sum, logit in
      let logProbability = logit - logSum
      return logProbability == -.infinity
        ? sum : sum - Foundation.exp(logProbability) * logProbability
    }
  }

  /// Σ p ln(p / q), in nats: the divergence of `other` (q) from this one (p).
  public func divergence(to other: Distribution) -> Double {
    var sum = 0.0
    for (id, logit) in logits.enumerated() {
      let own = logit - logSum
      if own > -.infinity { sum += Foundation.exp(own) * (own - other.logProbability(id)) }
    }
    return max(sum, 0)
  }

  /// The ids of the likeliest tokens, likeliest first.
  ///
  /// Of equal ones the lower id comes first; what is not a number is never among them.
  public func top(_ count: Int) -> [Int] {
    Kernels.topK(Tensor([.vocabulary], [logits.count], logits), max(count, 0)).map(\.index)
  }
}
