import Faults
import Statistics
import Tensors
import Transformers

/// How much the tokens of each group tell the others in each layer: the distance between the other
/// tokens' vectors as they are and as they would be if they could not attend to it in that layer
/// (Voita, Sennrich and Titov 2019).
///
/// In each sentence one token is hidden from all others. Groups have equally many sentences of the
/// same lengths, and the distance is one over all of a group's rows: it needs many, and cannot be
/// summed over sentences. Where a token sees only those before it, the tokens behind the hidden one
/// are compared alone, for the others cannot change.
public struct AmountOfInfluence: Sendable {
  /// What is measured, and with how much.
  public struct Options: Sendable {
    /// What makes the groups.
    public var division = TokenGroups.Division.frequency
    /// The most sentences of a group.
    public var sentences = 300
    /// For the sample, the null and the intervals.
    public var seed: UInt64 = 1

    /// The defaults.
    public init() {}
  }

  /// The groups that stand in enough sentences.
  public let groups: [TokenGroups.Group]
  /// The names of those that do not.
  public let skipped: [String]
  /// How many sentences each has.
  public let sentences: Int
  /// How many vectors of other tokens are compared in each.
  public let rows: Int
  /// Whether only tokens behind the hidden one are compared.
  public let isCausal: Bool
  /// What each group tells the other tokens in each block, by layer, and within it by group.
  public let influences: [GroupStep]

  /// Measures the streams of a corpus.
  ///
  /// - Throws: `Fault` when no group stands in enough sentences, and when the model cannot run.
  public init(
    _ experiment: Experiment, _ corpus: CorpusTokens, _ options: Options,
    progress: (Int, Int) throws(Fault) -> Void = { _, _ in }
  ) throws(Fault) {
    let blocks = experiment.model.description.blocks(of: corpus.stack)
    isCausal = blocks.contains { $0.attention.isCausal }
    let sample = try InfluenceSample(
      corpus, options, isCausal: isCausal,
      leastRows: ViewDistance.leastRows(width: experiment.model.description.width))
    let run = HiddenRuns(experiment: experiment, corpus: corpus)
    var found: [[GroupStep]] = []
    for (group, members) in sample.members.enumerated() {
      let views = try run.views(members, rows: sample.rows) { done, total throws(Fault) in
        try progress(group * total + done, sample.members.count * total)
      }
      found.append(
        try views.layers.enumerated().map { index, pair throws(Fault) in
          try GroupStep(
            layer: index + 1, group: group, pair.plain, pair.hidden, sentences: views.sentences,
            seed: options.seed)
        })
    }
    (groups, skipped) = (sample.groups, sample.skipped)
    (sentences, rows) = (sample.sentences, sample.rows)
    influences = blocks.indices.flatMap { layer in found.map { $0[layer] } }
  }
}
