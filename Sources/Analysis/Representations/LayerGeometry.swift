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

  /// Measures the streams of a corpus.
  ///
  /// - Throws: `ModelError` for fewer than ten tokens, and when the model cannot run.
  public init(
    _ experiment: Experiment, _ corpus: CorpusTokens, _ options: Options,
    progress: (Int, Int) throws(ModelError) -> Void = { _, _ in }
  ) throws(ModelError) {
    var random = SeededGenerator(seed: options.seed)
    let order = random.permutation(corpus.tokens.count).prefix(options.tokens).sorted()
    guard order.count >= 10 else {
      throw ModelError(
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
    try streams.forEachLayer(tokens, progress: progress) { layer, vectors throws(ModelError) in
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
      try ViewComparison.grid(layers, layers, settings)
    }
    (similarities, null, notes) = (found.similarities, found.nullMean, found.notes)
    self.planes = planes
    self.classes = classes
  }
}
