import Statistics
import Tensors
import Transformers

/// How much a block changes the vectors of each group of tokens: the distance between what enters it
/// and what leaves it (Voita, Sennrich and Titov 2019).
///
/// All groups are measured on equally many tokens: the fewer there are, the more alike two views look.
public struct AmountOfChange: Sendable {
  /// What is measured, and with how much.
  public struct Options: Sendable {
    /// What makes the groups.
    public var division = TokenGroups.Division.frequency
    /// The most tokens of a group.
    public var each = 2_000
    /// For the sample, the null and the intervals.
    public var seed: UInt64 = 1

    /// The defaults.
    public init() {}
  }

  /// What a block does to a group.
  public struct Change: Sendable {
    /// l for what the l-th block changes, counted from 1.
    public let layer: Int
    /// The place of the group.
    public let group: Int
    /// How far the views before and behind the block are apart.
    public let distance: ViewDistance
    /// 1 - cos of the vectors before and behind the block, on average.
    public let turn: Estimate
    /// The length of the change as a share of the vector before it, on average.
    public let growth: Estimate
  }

  /// The groups that were large enough.
  public let groups: [TokenGroups.Group]
  /// The names of those that were not.
  public let skipped: [String]
  /// How many tokens each has in the sample.
  public let each: Int
  /// By layer, and within it by group.
  public let changes: [Change]

  /// Measures the streams of a corpus.
  ///
  /// - Throws: `ModelError` when no group is large enough, and when the model cannot run.
  public init(
    _ experiment: Experiment, _ corpus: CorpusTokens, _ options: Options,
    progress: (Int, Int) throws(ModelError) -> Void = { _, _ in }
  ) throws(ModelError) {
    let all = try TokenGroups(corpus, by: options.division).groups
    let least = ViewDistance.leastRows(width: experiment.model.description.width)
    groups = all.filter { $0.places.count >= least }
    skipped = all.filter { $0.places.count < least }.map(\.name)
    guard !groups.isEmpty else {
      throw ModelError(
        "too-few-tokens",
        "the largest of \(all.count) groups has \(all.map(\.places.count).max() ?? 0) tokens; the "
          + "distance of two views wants \(least) at least",
        help: "give a larger corpus")
    }
    each = min(options.each, groups.map(\.places.count).min() ?? 0)
    var random = SeededGenerator(seed: options.seed)
    var tokens: [CorpusToken] = []
    for group in groups {
      tokens += random.sample(each, of: group.places.count).map { corpus.tokens[group.places[$0]] }
    }
    let count = each
    let sentences = tokens.map(\.row)
    var before: Tensor<Float>?
    var changes: [Change] = []
    let groupCount = groups.count
    let streams = ResidualStreams(experiment: experiment, corpus: corpus)
    try streams.forEachLayer(tokens, progress: progress) { layer, vectors throws(ModelError) in
      defer { before = vectors }
      guard let before else { return }
      for group in 0..<groupCount {
        let places = Array(group * count..<(group + 1) * count)
        let own = places.map { sentences[$0] }
        let views = (try before.rows(places), try vectors.rows(places))
        let steps = VectorSteps(views.0, views.1)
        changes.append(
          Change(
            layer: layer, group: group,
            distance: try ViewDistance(
              views.0, views.1, sentences: own, seed: options.seed),
            turn: Estimate(meanOf: steps.turns, over: own, seed: options.seed),
            growth: Estimate(meanOf: steps.growths, over: own, seed: options.seed)))
      }
    }
    self.changes = changes
  }
}

/// How far each vector of one view went to become that of another.
struct VectorSteps {
  /// 1 - cos of each pair; NaN where one has no length.
  private(set) var turns: [Double] = []
  /// The length of the difference by that of the first; NaN where that has none.
  private(set) var growths: [Double] = []

  /// - Parameters: Views of the same tokens, [token, width].
  init(_ first: Tensor<Float>, _ second: Tensor<Float>) {
    let width = first.shape[1]
    first.withElements { before in
      second.withElements { after in
        for start in stride(from: 0, to: before.count, by: width) {
          var (xx, yy, xy) = (0.0, 0.0, 0.0)
          for place in start..<start + width {
            let (x, y) = (Double(before[place]), Double(after[place]))
            xx += x * x
            yy += y * y
            xy += x * y
          }
          let least = Bootstrap.leastDenominator
          let lengths = (xx * yy).squareRoot()
          turns.append(lengths < least ? .nan : 1 - xy / lengths)
          growths.append(
            xx.squareRoot() < least
              ? .nan : max(xx + yy - 2 * xy, 0).squareRoot() / xx.squareRoot())
        }
      }
    }
  }
}
