import Faults
import Statistics
import Tensors
import Transformers

/// What the streams of one sample of tokens look like at every layer: how alike layers are to each
/// other, and where the tokens lie in the plane of greatest variance.
public struct LayerGeometry: Sendable {
  /// What is measured, and with how much.
  public struct Options: Sendable {
    /// The most tokens.
    public var tokens = 400
    /// How often tokens are put in random order for the null of the similarities.
    public var shuffles = 10
    /// For the sample and all that is random.
    public var seed: UInt64 = 1

    /// The defaults.
    public init() {}
  }

  /// The plane of greatest variance of a layer, and how well parts of speech lie apart in it.
  public struct Plane: Sendable {
    /// 0 for what enters the first block, l for what leaves the l-th.
    public let layer: Int
    /// Where the tokens lie.
    public let x: [Double]
    /// Where the tokens lie.
    public let y: [Double]
    /// The shares of the variance along both.
    public let shares: [Double]
    /// How well the parts of speech can be told apart; all NaN where none are known.
    public let scores: PlaneScores
  }

  /// A plane in which neighbours stay neighbours, and what of the parts of speech is kept in it.
  public struct NeighbourPlane: Sendable {
    /// 0 for what enters the first block, l for what leaves the l-th.
    public let layer: Int
    /// Where the tokens lie.
    public let x: [Double]
    /// Where the tokens lie.
    public let y: [Double]
    /// The divergence of neighbours in the plane from those of the vectors, in nats.
    public let divergence: Double
    /// The share of the ten nearest places with the same part of speech; NaN where none are known.
    public let purity: Double
  }

  /// The unbiased linear kernel alignment of each pair of layers.
  public let similarities: Matrix
  /// What the alignment is on average when the tokens of one layer are in random order.
  public let null: Double
  /// The layers' planes.
  public let planes: [Plane]
  /// The part of speech of each token; empty where it is not known.
  public let classes: [String]
  /// What must be said with the similarities.
  public let notes: [String]
  /// How many tokens there are.
  public var count: Int { classes.count }
  /// How many sentences they are from.
  public var sentences: Int { Set(units).count }
  /// How alike each layer is to the one before it, with its interval over sentences.
  public let steps: [ViewComparison.Score]
  private let units: [Int]
  private let vectors: [Matrix]

  /// Measures the streams of a corpus.
  ///
  /// - Throws: `Fault` for fewer than ten tokens, and when the model cannot run.
  public init(
    _ experiment: Experiment, _ corpus: CorpusTokens, _ options: Options,
    progress: (Int, Int) throws(Fault) -> Void = { _, _ in }
  ) throws(Fault) {
    var random = SeededGenerator(seed: options.seed)
    let order = random.permutation(corpus.tokens.count).prefix(options.tokens).sorted()
    guard order.count >= 10 else {
      throw Fault(
        "too-few-tokens", "the corpus has \(order.count) tokens, 10 are needed",
        help: "give a larger corpus")
    }
    let tokens = order.map { corpus.tokens[$0] }
    let classes = tokens.map { corpus.word(of: $0)?.partOfSpeech ?? "" }
    let names = Set(classes).sorted()
    let labels = classes.map { name in names.firstIndex(of: name) ?? 0 }
    let sentences = tokens.map(\.row)
    var layers: [Matrix] = []
    var planes: [Plane] = []
    let streams = ResidualStreams(experiment: experiment, corpus: corpus)
    try streams.forEachLayer(tokens, progress: progress) { layer, vectors throws(Fault) in
      let points = try vectors.matrix()
      layers.append(points)
      planes.append(
        try onNumbers { () throws(StatisticsError) in
          let components = try PrincipalComponents(points, components: 2)
          let plane = components.project(points)
          return Plane(
            layer: layer, x: plane.column(0), y: plane.columns > 1 ? plane.column(1) : [],
            shares: components.shares,
            scores: try PlaneScores(
              points: points, plane: plane, labels: labels, units: sentences, seed: options.seed))
        })
    }
    var settings = ViewComparison.Settings(.cka)
    (settings.shuffles, settings.seed) = (options.shuffles, options.seed)
    let found = try onNumbers { () throws(StatisticsError) in
      try ViewComparison.grid(layers, nil, settings)
    }
    (similarities, null, notes) = (found.similarities, found.nullMean, found.notes)
    settings.units = sentences
    steps = try zip(layers, layers.dropFirst()).map { first, second throws(Fault) in
      try onNumbers { () throws(StatisticsError) in
        try ViewComparison(first, second, settings).score
      }
    }
    self.planes = planes
    self.classes = classes
    (units, vectors) = (sentences, layers)
  }

  /// Planes found by t-SNE, of at most so many layers: the first, the last, and some between them.
  ///
  /// - Throws: `Fault` when a number is not finite, and what `progress` throws.
  public func neighbourPlanes(
    most: Int, _ settings: NeighborEmbedding.Settings,
    progress: (Int, Int) throws(Fault) -> Void = { _, _ in }
  ) throws(Fault) -> [NeighbourPlane] {
    let last = vectors.count - 1
    let shown = min(most, vectors.count)
    let layers = shown < 2 ? [last] : (0..<shown).map { $0 * last / (shown - 1) }
    let names = Set(classes).sorted()
    let labels = classes.map { names.firstIndex(of: $0) ?? 0 }
    var planes: [NeighbourPlane] = []
    for (place, layer) in layers.enumerated() {
      var embedding = try onNumbers { () throws(StatisticsError) in
        try NeighborEmbedding(vectors[layer], settings: settings)
      }
      try embedding.run { step throws(Fault) in
        try progress(place * settings.iterations + step, layers.count * settings.iterations)
      }
      let plane = embedding.plane
      let purity = try onNumbers { () throws(StatisticsError) in
        names.count < 2 ? .nan : try NeighborPurity(plane, labels: labels).mean
      }
      planes.append(
        NeighbourPlane(
          layer: layer, x: plane.column(0), y: plane.column(1),
          divergence: embedding.divergence, purity: purity))
    }
    return planes
  }
}
