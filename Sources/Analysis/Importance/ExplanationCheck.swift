import Faults
import Statistics
import Tensors
import Transformers

/// Whether attention explains a prediction: how far the output moves when attention is shuffled, made
/// even, or moved as far as it goes, and whether attention ranks tokens as their effect does
/// (Jain and Wallace 2019, Attention is not Explanation; Wiegreffe and Pinter 2019, Attention is not
/// not Explanation).
///
/// Attention of the chosen heads is replaced at the pattern, all heads at once; what a head writes
/// then follows from the new weights. Heads that are not chosen look where they look.
public struct ExplanationCheck: Sendable {
  /// How it is done.
  public struct Settings: Sendable, Hashable {
    /// How often attention is shuffled.
    public var permutations = 100
    /// How far the output may move, as total variation distance, when attention is moved.
    public var tolerance = 0.01
    /// How many steps the search for other attention takes; none for zero.
    public var steps = 150
    /// How far one of its steps goes.
    public var rate = 0.1
    /// What an output that moves too far costs, against a nat of divergence.
    public var penalty = 50.0
    /// What everything random is drawn from.
    public var seed: UInt64 = 0
    /// Whether only the row of the position that is read is replaced, and not all rows.
    public var isOutputRowOnly = false

    /// The published choices, where there are any.
    public init() {}
  }

  let experiment: Experiment
  let heads: HeadSelection
  let position: PositionSelector?
  let settings: Settings

  /// A check of some heads.
  ///
  /// - Parameter position: Where the prediction is read; a classifier has one for the whole text.
  ///   If nil, a model that predicts masked tokens is read at the first one, after one was drawn and
  ///   masked in a text that has none; all others at the last token.
  public init(
    _ experiment: Experiment, heads: HeadSelection, at position: PositionSelector?,
    settings: Settings = Settings()
  ) {
    self.experiment = experiment
    self.heads = heads
    self.position = position
    self.settings = settings
  }

  /// What came of one text.
  public struct Result: Sendable {
    /// The greatest weight of a row, averaged over the rows that were replaced.
    public internal(set) var greatestWeight = Double.nan
    /// What it would be if rows were even.
    public internal(set) var evenWeight = Double.nan
    /// The median distance of the output over shuffles.
    public internal(set) var shuffled = Double.nan
    /// The mean divergence of shuffled rows.
    public internal(set) var shuffledDivergence = Double.nan
    /// The distance of the output when rows are even.
    public internal(set) var even = Double.nan
    /// The greatest divergence of rows, on average, that was found while the output stayed within the
    /// tolerance; NaN when none was.
    public internal(set) var movedDivergence = Double.nan
    /// The distance of the output there.
    public internal(set) var moved = Double.nan
    /// What the search minimised, at its last step; NaN without a search.
    public internal(set) var finalLoss = Double.nan
    /// Kendall's τ between weights and |input × gradient|, over the tokens of the text.
    public internal(set) var gradientAgreement = Double.nan
    /// Kendall's τ between weights and how far the output moves when a token is left out.
    public internal(set) var leftOutAgreement = Double.nan
    /// The mean divergence of the heads' rows from those of the nearest heads of the same layers in
    /// another model; NaN where there is none.
    public internal(set) var otherDivergence = Double.nan
    /// The distance of the other model's output.
    public internal(set) var otherDistance = Double.nan
    /// How many rows were replaced, all heads together.
    public internal(set) var rows = 0
    /// How many rows have one key to look at and cannot be changed.
    public internal(set) var fixedRows = 0
  }

  /// Checks one text.
  ///
  /// - Parameter other: Another model that reads the same tokens, such as one from another seed: how far
  ///   attention lies apart that gives nearly the same output (Wiegreffe and Pinter 2019, section 3.3).
  /// - Throws: `Fault` when the model has no logits, the position is not there, or the user
  ///   stopped.
  public func run(_ row: PromptRow, against other: Experiment? = nil) throws(Fault) -> Result {
    let subject = try ExplainedRow(self, row)
    var result = Result()
    result.rows = subject.attention.rowCount
    result.fixedRows = subject.attention.fixedCount
    result.greatestWeight = subject.attention.meanGreatest
    result.evenWeight = subject.attention.evened.meanGreatest
    if subject.attention.rowCount > subject.attention.fixedCount {
      try shuffle(subject, &result)
      let even = subject.attention.evened
      result.even = try distances(of: [even], subject)[0]
      if settings.steps > 0 { try move(subject, &result) }
    }
    try rank(subject, &result)
    if let other { try compare(subject, row, other, &result) }
    return result
  }

  /// How far the output moves for each of some replaced patterns.
  func distances(of patterns: [HeadPatterns], _ subject: ExplainedRow) throws(Fault)
    -> [Double]
  {
    var distances: [Double] = []
    for part in patterns.chunked(max(1, 1024 / max(subject.row.count, 1))) {
      let rows = part.map { _ in subject.row }
      let edits = part.enumerated().flatMap { place, pattern in
        subject.edits(pattern, batchRow: place)
      }
      let result = try experiment.run(
        rows, edits: try experiment.edits(for: rows) + edits, output: subject.output(rows.count))
      distances += result.logitRows.map { subject.distance(of: $0) }
    }
    return distances
  }

  private func compare(
    _ subject: ExplainedRow, _ row: PromptRow, _ other: Experiment, _ result: inout Result
  ) throws(Fault) {
    let whole = heads.layers.map { layer in
      Address(
        stack: heads.heads[layer.range.lowerBound].address.stack, layers: .one(layer.site.layer),
        part: .attn(cross: heads.isCross))
    }
    let check = ExplanationCheck(
      other, heads: try HeadSelection(whole, in: other.model.description), at: position,
      settings: settings)
    let second = try ExplainedRow(check, row)
    guard second.distributions.map(\.logits.count) == subject.distributions.map(\.logits.count)
    else {
      throw Fault(
        "different-models", "\(other.model.name) predicts other things",
        help: "compare models with one vocabulary, or the same classes")
    }
    result.otherDivergence = subject.attention.divergence(fromNearestIn: second.attention)
    result.otherDistance = subject.distance(from: second.distributions)
  }

  private func shuffle(_ subject: ExplainedRow, _ result: inout Result) throws(Fault) {
    var random = SeededGenerator(seed: settings.seed, name: subject.row.texts.joined())
    let shuffled = (0..<settings.permutations).map { _ in
      subject.attention.shuffled(using: &random)
    }
    guard !shuffled.isEmpty else { return }
    let distances = try distances(of: shuffled, subject).sorted()
    result.shuffled = Quantile.of(sorted: distances, 0.5)
    let divergences = shuffled.prefix(10).map { $0.meanDivergence(from: subject.attention) }
    result.shuffledDivergence = divergences.reduce(0, +) / Double(divergences.count)
  }
}
