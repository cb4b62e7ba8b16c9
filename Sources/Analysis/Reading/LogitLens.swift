import Transformers

/// What a model would predict at one position if it stopped at each layer: every residual stream,
/// read through the final norm (with its own statistics) and the vocabulary (nostalgebraist, 2020).
public struct LogitLens: Sendable {
  /// The position that is read, counted in the prompt's tokens.
  public var position: Int
  /// The token that the model itself predicts there.
  public var answer: Int
  /// One reading for the stream that enters the first block, and one behind each block.
  public var readings: [Reading]

  /// What the stream at one place predicts.
  public struct Reading: Sendable {
    /// The stream that is read.
    public var address: Address
    /// The likeliest tokens, likeliest first.
    public var top: [Prediction]
    /// The entropy of the prediction, in nats.
    public var entropy: Double
    /// KL(final‖this), in nats; 0 behind the last block.
    public var divergence: Double
    /// The rank of the model's own answer; the likeliest token has rank 1.
    public var answerRank: Int
  }

  /// The first place at which the model's own answer is the likeliest token.
  public var settling: Address? { readings.first { $0.answerRank == 1 }?.address }
}

/// A token with its probability.
public struct Prediction: Sendable, Hashable {
  /// The token.
  public var id: Int
  /// Its probability.
  public var probability: Double

  /// A token with its probability.
  public init(id: Int, probability: Double) {
    self.id = id
    self.probability = probability
  }
}

extension Distribution {
  /// The likeliest tokens with their probabilities, likeliest first.
  public func predictions(_ count: Int) -> [Prediction] {
    top(count).map { Prediction(id: $0, probability: probability($0)) }
  }
}
