import Faults
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

  /// The groups that were large enough.
  public let groups: [TokenGroups.Group]
  /// The names of those that were not.
  public let skipped: [String]
  /// How many tokens each has in the sample.
  public let each: Int
  /// What each block does to each group, by layer, and within it by group.
  public let changes: [GroupStep]

  /// Measures the streams of a corpus.
  ///
  /// - Throws: `Fault` when no group is large enough, and when the model cannot run.
  public init(
    _ experiment: Experiment, _ corpus: CorpusTokens, _ options: Options,
    progress: (Int, Int) throws(Fault) -> Void = { _, _ in }
  ) throws(Fault) {
    try self.init(
      ResidualStreams(experiment: experiment, corpus: corpus), options, progress: progress)
  }

  /// Measures tokens whose vectors can be read layer by layer: the change from each to the next.
  ///
  /// - Throws: `Fault` when no group is large enough, there is only one layer or layers have
  ///   vectors of different lengths, and when the vectors cannot be read.
  public init(
    _ streams: some LayeredTokens, _ options: Options,
    progress: (Int, Int) throws(Fault) -> Void = { _, _ in }
  ) throws(Fault) {
    let corpus = streams.facts
    guard streams.widths.count > 1, Set(streams.widths).count == 1 else {
      throw Fault(
        "wrong-numbers",
        streams.widths.count > 1
          ? "the sites have vectors of different lengths" : "there is only one site",
        help: "gather one kind of site at several layers, such as   L*.resid.post")
    }
    let all = try TokenGroups(corpus, by: options.division).groups
    let least = ViewDistance.leastRows(width: streams.widths[0])
    groups = all.filter { $0.places.count >= least }
    skipped = all.filter { $0.places.count < least }.map(\.name)
    guard !groups.isEmpty else {
      throw Fault(
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
    var changes: [GroupStep] = []
    let groupCount = groups.count
    try streams.forEachLayer(tokens, progress: progress) { layer, vectors throws(Fault) in
      defer { before = vectors }
      guard let before else { return }
      for group in 0..<groupCount {
        let places = Array(group * count..<(group + 1) * count)
        changes.append(
          try GroupStep(
            layer: layer, group: group, try before.rows(places), try vectors.rows(places),
            sentences: places.map { sentences[$0] }, seed: options.seed))
      }
    }
    self.changes = changes
  }
}
