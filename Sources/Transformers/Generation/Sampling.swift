import Foundation
import Tensors

/// How the next token is chosen from the logits.
public struct Sampling: Sendable, Equatable {
  /// What logits are divided by; 0 takes the likeliest token.
  public var temperature: Double
  /// Only so many of the likeliest tokens are considered.
  public var topK: Int?
  /// Only the fewest likeliest tokens that together reach this probability are considered.
  public var topP: Double?

  /// The likeliest token, always.
  public static let greedy = Sampling(temperature: 0)

  /// A way to choose; the limits apply in this order: temperature, `topK`, `topP`.
  public init(temperature: Double, topK: Int? = nil, topP: Double? = nil) {
    self.temperature = temperature
    self.topK = topK
    self.topP = topP
  }

  /// Chooses a token; of equal logits the lower id wins.
  public func choose<Element: Scalar>(
    from logits: [Element], using generator: inout SeededGenerator
  ) -> Int {
    guard temperature > 0 else { return Self.likeliest(logits) }
    var candidates = logits.indices.map { (id: $0, logit: Double(logits[$0]) / temperature) }
    candidates.sort { $0.logit == $1.logit ? $0.id < $1.id : $0.logit > $1.logit }
    if let topK { candidates = Array(candidates.prefix(max(topK, 1))) }
    guard let top = candidates.first?.logit, top.isFinite else { return Self.likeliest(logits) }
    var weights = candidates.map { Foundation.exp($0.logit - top) }
    if let topP { weights = Array(weights.prefix(Self.nucleus(weights, topP))) }
    var left = generator.uniform() * weights.reduce(0, +)
    for (candidate, weight) in zip(candidates, weights) {
      left -= weight
      if left < 0 { return candidate.id }
    }
    return candidates[max(weights.count - 1, 0)].id
  }

  /// How many of the sorted weights it takes to reach the share `topP`; at least one.
  private static func nucleus(_ weights: [Double], _ topP: Double) -> Int {
    let total = weights.reduce(0, +)
    var sum = 0.0
    for (index, weight) in weights.enumerated() {
      sum += weight
      if sum >= topP * total { return index + 1 }
    }
    return max(weights.count, 1)
  }

  private static func likeliest<Element: Scalar>(_ logits: [Element]) -> Int {
    var best = 0
    for index in logits.indices where logits[index] > logits[best] || logits[best].isNaN {
      best = index
    }
    return best
  }
}
