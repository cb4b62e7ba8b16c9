import Faults
import Statistics
import Tensors
import Transformers

/// How far apart what models make of the same texts lies, layer by layer (Voita, Sennrich and Titov
/// 2019): models of other tasks against each other, with those that differ in their seed alone as the
/// measure of what is far.
public struct ModelDistance: Sendable {
  /// What is measured, and with how much.
  public struct Options: Sendable {
    /// The most tokens.
    public var tokens = 5_000
    /// For the sample, the null and the intervals.
    public var seed: UInt64 = 1

    /// The defaults.
    public init() {}
  }

  /// A model, and the texts as it reads them.
  public struct Reader: Sendable {
    /// The model.
    public var experiment: Experiment
    /// The texts; the same in the same order for all.
    public var corpus: CorpusTokens

    /// A model and its texts.
    public init(_ experiment: Experiment, _ corpus: CorpusTokens) {
      self.experiment = experiment
      self.corpus = corpus
    }
  }

  /// The distance of two models in a layer.
  public struct Pair: Sendable {
    /// 0 for what enters the first block, l for what leaves the l-th; of a deeper model the layer at
    /// the same share of its depth.
    public let layer: Int
    /// The place of the one model.
    public let first: Int
    /// The place of the other.
    public let second: Int
    /// How far their views are apart.
    public let distance: ViewDistance
  }

  /// By layer, and within it by models.
  public let pairs: [Pair]
  /// Whether words were compared, because the models cut the texts into different tokens.
  public let isByWord: Bool
  /// How many tokens or words were compared.
  public let units: Int
  /// Whether the models have different depths.
  public let isDepthMixed: Bool

  /// Compares models.
  ///
  /// - Throws: `Fault` when they share too few tokens or words, and when one cannot run.
  public init(
    _ readers: [Reader], _ options: Options,
    progress: (Int, Int) throws(Fault) -> Void = { _, _ in }
  ) throws(Fault) {
    let shared = try SharedUnits(
      readers.map(\.corpus), most: options.tokens, seed: options.seed)
    let streams = readers.map { ResidualStreams(experiment: $0.experiment, corpus: $0.corpus) }
    let depths = streams.map(\.depth)
    let depth = depths.min() ?? 0
    var pairs: [Pair] = []
    for layer in 0...depth {
      var views: [Tensor<Float>] = []
      for (index, reading) in shared.readings.enumerated() {
        let own = depth == 0 ? 0 : (layer * depths[index] + depth / 2) / depth
        let step = layer * readers.count + index
        let total = (depth + 1) * readers.count
        let read = try streams[index].layer(own, of: reading.tokens) {
          done, count throws(Fault) in
          try progress(step * count + done, total * count)
        }
        views.append(reading.means(read))
      }
      for first in views.indices {
        for second in views.indices.dropFirst(first + 1) {
          try progress(layer, depth + 1)
          pairs.append(
            Pair(
              layer: layer, first: first, second: second,
              distance: try ViewDistance(
                views[first], views[second], sentences: shared.sentences, seed: options.seed)))
        }
      }
    }
    self.pairs = pairs
    isByWord = shared.isByWord
    units = shared.sentences.count
    isDepthMixed = Set(depths).count > 1
  }
}
