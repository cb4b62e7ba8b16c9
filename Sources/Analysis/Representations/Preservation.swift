import Faults
import Foundation
import Statistics
import Tensors
import Transformers

/// What tokens whose vectors lie near each other have in common, from layer to layer: how well
/// vectors keep what they could know of their token (Voita, Sennrich and Titov 2019).
public struct Preservation: Sendable {
  /// What neighbours may share.
  public enum Property: String, Sendable, CaseIterable {
    /// The token itself; all others are asked of neighbours that are the same token.
    case token
    /// The place in the row.
    case position
    /// The token to the left.
    case left
    /// The token to the right.
    case right
    /// The universal part of speech of the word.
    case upos
    /// The part of speech of the word and of the one to its left.
    case uposLeft = "upos-left"
    /// The part of speech of the word and of the one to its right.
    case uposRight = "upos-right"
    /// The part of speech of the word and of those on both sides.
    case uposAround = "upos-around"
    /// The relation of the word to its head.
    case deprel
  }

  /// How near vectors lie to each other.
  public enum Metric: String, Sendable, CaseIterable {
    /// By the angle between them.
    case cosine
    /// By the straight line between them.
    case euclidean
    /// By the straight line after all directions were given the same variance.
    case whitened
  }

  /// What is measured, and with how much.
  public struct Options: Sendable {
    /// What neighbours may share.
    public var property = Property.token
    /// How many neighbours.
    public var neighbours = 10
    /// Fewer neighbours of which the same is told beside.
    public var fewer: [Int] = []
    /// What near means.
    public var metric = Metric.cosine
    /// The most types.
    public var types = 50
    /// The most tokens of a type.
    public var each = 60
    /// For the sample and the intervals.
    public var seed: UInt64 = 1

    /// The defaults.
    public init() {}
  }

  /// What was found in one layer.
  public struct Layer: Sendable {
    /// 0 for what enters the first block, l for what leaves the l-th.
    public let layer: Int
    /// The share of the neighbours that have the property of the token.
    ///
    /// For positions, how many places they stand from it on average. The interval is by bootstrap over
    /// sentences.
    public let score: Estimate
    /// The share of the tokens that share the property with one of their neighbours at least; nil for
    /// positions.
    public let hits: Double?
    /// How many neighbours these are.
    public let neighbours: Int
  }

  /// The layers.
  public let layers: [Layer]
  /// The same of fewer neighbours, layer by layer.
  public let fewer: [Layer]
  /// What neighbours that are drawn at random would score.
  public let null: Double
  /// The share of tokens that random neighbours would hit; nil for positions.
  public var hitNull: Double? { hitNulls[neighbours] }
  /// The same by the number of neighbours.
  public let hitNulls: [Int: Double]
  /// How many neighbours were looked up.
  public let neighbours: Int
  /// How many types there are.
  public let types: Int
  /// How many tokens of each.
  public let each: Int
  /// How many tokens have no neighbour in some layer, for a vector of zeros.
  public let unplaced: Int

  /// Measures the streams of a corpus; texts that come again count once.
  ///
  /// - Throws: `Fault` when too few tokens have the property, and when the model cannot run.
  public init(
    _ experiment: Experiment, _ corpus: CorpusTokens, _ options: Options,
    progress: (Int, Int) throws(Fault) -> Void = { _, _ in }
  ) throws(Fault) {
    try self.init(
      ResidualStreams(experiment: experiment, corpus: corpus), options, progress: progress)
  }

  /// Measures tokens whose vectors can be read layer by layer.
  ///
  /// - Throws: `Fault` when too few tokens have the property, and when the vectors cannot be
  ///   read.
  public init(
    _ streams: some LayeredTokens, _ options: Options,
    progress: (Int, Int) throws(Fault) -> Void = { _, _ in }
  ) throws(Fault) {
    let pool = try NeighbourPool(streams.facts, options)
    var (layers, fewer) = ([Layer](), [Layer]())
    var unplaced: Set<Int> = []
    try streams.forEachLayer(pool.tokens, progress: progress) {
      layer, vectors throws(Fault) in
      let points = options.metric == .whitened ? try vectors.whitened() : vectors
      let found = try onNumbers { () throws(StatisticsError) in
        try LabeledNeighbors.find(
          points, count: options.neighbours,
          distance: options.metric == .cosine ? .cosine : .euclidean, apart: pool.sentences,
          within: pool.classes)
      }
      unplaced.formUnion(found.indices.filter { found[$0].isEmpty })
      func reading(_ count: Int) -> Layer {
        let scores = pool.scores(found.map { Array($0.prefix(count)) })
        return Layer(
          layer: layer,
          score: Estimate(
            meanOf: scores.values, over: scores.places.map { pool.sentences[$0] },
            seed: options.seed), hits: scores.hits, neighbours: count)
      }
      layers.append(reading(options.neighbours))
      fewer += options.fewer.map(reading)
    }
    self.layers = layers
    self.fewer = fewer
    self.unplaced = unplaced.count
    neighbours = options.neighbours
    null = pool.chance(options.neighbours).score
    var hitNulls: [Int: Double] = [:]
    for count in options.fewer + [options.neighbours] {
      hitNulls[count] = pool.chance(count).hits
    }
    self.hitNulls = hitNulls
    (types, each) = (pool.typeCount, pool.each)
  }
}
