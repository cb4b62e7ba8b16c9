import Faults
import Foundation
import Statistics
import Tensors
import Transformers

/// How much of a token's identity can be read off its vector, from layer to layer: the mutual
/// information between the token and the cluster that its vector falls into (Voita, Sennrich and
/// Titov 2019, The Bottom-up Evolution of Representations in the Transformer).
///
/// Vectors are clustered on half of the sentences and counted on the other half. What the same labels
/// show in a random order is taken off: with few tokens in many clusters nearly all of the plug-in
/// estimate is that.
public struct TokenInformation: Sendable {
  /// Which token the vector is asked for.
  public enum Label: String, Sendable, CaseIterable {
    /// The token that the model reads there.
    case input
    /// The token behind it, where that is another one.
    case next
    /// The token that was hidden there, where the model reads another one.
    case masked
  }

  /// What is measured, and with how much.
  public struct Options: Sendable {
    /// Which token.
    public var label = Label.input
    /// The most types.
    public var types = 100
    /// The most tokens of a type.
    public var each = 1_000
    /// The number of clusters; nil for as many as the tokens allow.
    public var clusters: Int?
    /// How many random orders are taken off.
    public var shuffles = 20
    /// Whether a linear classifier bounds the information from below.
    public var isBounded = false
    /// For the sample, the halves, the clusters and the intervals.
    public var seed: UInt64 = 1

    /// The defaults.
    public init() {}
  }

  /// How often a type must occur to be taken.
  static let leastOccurrences = 20
  /// The most rounds of the classifier.
  static let classifierRounds = 100
  /// The most rounds of k-means.
  static let rounds = 25

  /// What was found in one layer; nats.
  public struct Layer: Sendable {
    /// 0 for what enters the first block, l for what leaves the l-th.
    public let layer: Int
    /// What the vectors tell, with its interval by bootstrap over sentences.
    public let information: Estimate
    /// The plug-in estimate, of which `null` was taken off.
    public let plain: Double
    /// What labels in a random order show.
    public let null: Double
    /// The entropy of the labels less the loss of a linear classifier on other sentences.
    ///
    /// In expectation it is no more than what the vectors themselves tell. Nil where nobody asked for
    /// it.
    public let bound: Estimate?
  }

  /// The layers.
  public let layers: [Layer]
  /// The types, the most frequent first.
  public let types: [Int]
  /// How many tokens each type has in the sample.
  public let each: Int
  /// How many clusters there were.
  public let clusters: Int
  /// The entropy of the labels that were counted, in nats: the most that there can be.
  public let entropy: Double
  /// How many tokens were counted.
  public let counted: Int

  /// Measures the streams of a corpus.
  ///
  /// - Throws: `Fault` when too few tokens have a label, and when the model cannot run.
  public init(
    _ experiment: Experiment, _ corpus: CorpusTokens, _ options: Options,
    progress: (Int, Int) throws(Fault) -> Void = { _, _ in }
  ) throws(Fault) {
    try self.init(
      ResidualStreams(experiment: experiment, corpus: corpus), options, progress: progress)
  }

  /// Measures tokens whose vectors can be read layer by layer.
  ///
  /// - Throws: `Fault` when too few tokens have a label, and when the vectors cannot be read.
  public init(
    _ streams: some LayeredTokens, _ options: Options,
    progress: (Int, Int) throws(Fault) -> Void = { _, _ in }
  ) throws(Fault) {
    let corpus = streams.facts
    let labels = corpus.tokens.map { corpus.label(options.label, of: $0) }
    let sample = EqualSample(
      labels, classes: options.types, least: Self.leastOccurrences, most: options.each,
      seed: options.seed)
    guard sample.classes.count > 1 else {
      throw Fault(
        "too-few-tokens",
        "only \(sample.classes.count) types of the \(Set(labels.compactMap { $0 }).count) that "
          + "have a label occur \(Self.leastOccurrences) times or more",
        help: "give a larger corpus")
    }
    let tokens = sample.places.map { corpus.tokens[$0] }
    let known = sample.places.compactMap { labels[$0] }
    let halves = SentenceHalves(tokens.map(\.row), seed: options.seed)
    let clusters = min(
      options.clusters ?? max(2, min(10 * sample.classes.count, tokens.count / 50)),
      halves.first.count)
    let counted = halves.second.map { known[$0] }
    let sentences = halves.second.map { tokens[$0].row }
    var layers: [Layer] = []
    var entropy = 0.0
    try streams.forEachLayer(tokens, progress: progress) { layer, vectors throws(Fault) in
      let (training, held) = (try vectors.rows(halves.first), try vectors.rows(halves.second))
      let found = try onNumbers { () throws(StatisticsError) in
        try KMeans.fit(
          points: training, clusters: clusters, seed: options.seed, iterations: Self.rounds
        ).assign(held)
      }
      let table = ContingencyTable(counted, found)
      let corrected = table.corrected(shuffles: options.shuffles, seed: options.seed)
      entropy = corrected.firstEntropy
      let shares = try onNumbers { () throws(StatisticsError) in
        try Information.pointwise(counted, found)
      }
      let bound =
        options.isBounded
        ? try Self.bounds(
          training, halves.first.map { known[$0] }, held, counted, entropy: entropy) : nil
      layers.append(
        Layer(
          layer: layer,
          information: Estimate(meanOf: shares, over: sentences, seed: options.seed)
            .shifted(by: -corrected.null),
          plain: corrected.raw, null: corrected.null,
          bound: bound.map { Estimate(meanOf: $0, over: sentences, seed: options.seed) }))
    }
    self.layers = layers
    self.entropy = entropy
    self.clusters = clusters
    self.counted = counted.count
    types = sample.classes
    each = sample.each
  }
}

extension TokenInformation {
  /// What each held token adds to the bound: the entropy less the classifier's loss on it.
  private static func bounds(
    _ training: Tensor<Float>, _ labels: [Int], _ held: Tensor<Float>, _ heldLabels: [Int],
    entropy: Double
  ) throws(Fault) -> [Double] {
    let classes = Set(labels).union(heldLabels).sorted()
    let numbers = Dictionary(uniqueKeysWithValues: classes.enumerated().map { ($1, $0) })
    let points = (try training.matrix(), try held.matrix())
    let scale = Standardisation(points.0)
    let classifier = try onNumbers { () throws(StatisticsError) in
      try LogisticRegression(
        scale.apply(points.0), labels: labels.compactMap { numbers[$0] }, classes: classes.count,
        iterations: classifierRounds)
    }
    let probabilities = classifier.probabilities(scale.apply(points.1))
    return heldLabels.enumerated().map { row, label in
      // A token that only the held half has was never shown to the classifier.
      let share = numbers[label].map { probabilities[row, $0] } ?? 0
      return entropy + log(max(share, .leastNormalMagnitude))
    }
  }
}

extension TokenFacts {
  /// The label of a token; nil where it has none, or is no example.
  ///
  /// In corrupted texts examples are the tokens in whose place the model reads another one.
  func label(_ label: TokenInformation.Label, of token: CorpusToken) -> Int? {
    switch label {
    case .input: return isCorrupted && self.label(.masked, of: token) == nil ? nil : token.id
    case .next:
      let next = id(beside: token, at: 1)
      return next == token.id ? nil : next
    case .masked:
      let hidden = hiddenID(of: token)
      return hidden == token.id ? nil : hidden
    }
  }
}
