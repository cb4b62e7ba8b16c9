import Transformers

/// A number that is read off a run.
public struct Metric: Sendable, Hashable {
  /// What is read.
  public var kind: Kind
  /// Where it is read; nil for where the prediction stands: at the mask of a masked model, at the last
  /// token elsewhere.
  public var position: PositionSelector?

  /// A metric at a position.
  public init(_ kind: Kind, at position: PositionSelector? = nil) {
    self.kind = kind
    self.position = position
  }

  /// What a metric reads.
  public enum Kind: Sendable, Hashable {
    /// A token's logit.
    case logit(TokenName)
    /// The first token's logit less the second's.
    case logitDiff(TokenName, TokenName)
    /// A token's probability, or a text's: the product over its tokens.
    case prob(TokenName)
    /// The natural logarithm of that.
    case logProb(TokenName)
    /// A token's rank; the likeliest has rank 1.
    case rank(TokenName)
    /// The mean of −ln p over the tokens of the prompt behind the first (causal), or over the masked
    /// tokens (masked models).
    case loss
    /// The entropy of the prediction, in nats.
    case entropy
    /// Σ p ln(p / q) in nats, p being the run without interventions.
    case kl
  }

  /// What the command is called that makes it.
  public var name: String {
    switch kind {
    case .logit: "logit"
    case .logitDiff: "logit_diff"
    case .prob: "prob"
    case .logProb: "log_prob"
    case .rank: "rank"
    case .loss: "loss"
    case .entropy: "entropy"
    case .kl: "kl"
    }
  }

  /// The metric in one line, such as `logit_diff " She" " He"`.
  public var summary: String {
    var words = [name]
    switch kind {
    case .logit(let token), .prob(let token), .logProb(let token), .rank(let token):
      words.append(token.description)
    case .logitDiff(let first, let second): words += [first.description, second.description]
    case .loss, .entropy, .kl: break
    }
    if let position { words.append("at: \(position)") }
    return words.joined(separator: " ")
  }

  /// Whether it compares with the run without interventions.
  public var needsUntouchedRun: Bool { kind == .kl }
}
