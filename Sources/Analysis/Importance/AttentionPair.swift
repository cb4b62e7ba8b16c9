import Faults
import Tensors
import Transformers

/// One look of a head at a token, from beginning to end: why it looks there, what it moves, and whether
/// that matters.
public struct AttentionPair: Sendable {
  /// Which of the three questions a number answers.
  public enum Step: String, Sendable {
    /// Why query and key match.
    case why
    /// What comes from the token.
    case moved
    /// What becomes of the prediction without it.
    case matters
  }

  /// A number of the pair.
  public struct Reading: Sendable {
    /// What it answers.
    public let step: Step
    /// What people call it.
    public let name: String
    /// The number.
    public let value: Double
    /// Its mean over the other keys that the query sees; nil where it is not one of a key.
    public let others: Double?
    /// The place of the key among those that the query sees, 1 for the greatest; nil where it is not
    /// one of a key.
    public let rank: Int?
  }

  /// The score, taken apart by layers.
  public let parts: ScoreParts
  /// How many keys the query sees.
  public let keys: Int
  /// The numbers, question by question.
  public let readings: [Reading]
}

extension Experiment {
  /// Follows one look of a head.
  ///
  /// - Parameters:
  ///   - key: The position that is looked at; nil for the one that is looked at most.
  ///   - top: How many summands of the score are named.
  ///   - progress: Called with how many of the steps are done, and of how many.
  /// - Throws: `Fault` as `scoreParts`, and what `progress` throws.
  public func attentionPair(
    _ row: AnnotatedRow, of place: HeadPlace, query: PositionSelector, key: PositionSelector?,
    top: Int = 3, progress: (Int, Int) throws(Fault) -> Void = { _, _ in }
  ) throws(Fault) -> AttentionPair {
    try progress(0, 4)
    let parts = try scoreParts(row.row, of: place, query: query, key: key).grouped(by: .layer)
    let heads = try HeadSelection([place.address], in: model.description)
    let pairs = try pairs(row, heads, query: parts.query)
    let chosen = pairs.firstIndex { $0.key == parts.key } ?? 0
    func reading(_ step: AttentionPair.Step, _ name: String, _ values: [Double])
      -> AttentionPair.Reading
    {
      let value = values[chosen]
      let others = values.reduce(0, +) - value
      return AttentionPair.Reading(
        step: step, name: name, value: value,
        others: values.count > 1 ? others / Double(values.count - 1) : nil,
        rank: 1 + values.count { $0 > value })
    }
    var random = SeededGenerator(seed: 0)
    var readings = [reading(.why, "weight", pairs.map(\.weight))]
    readings += parts.strongest(top).map { name, value, mean in
      let others = (mean * Double(pairs.count) - value) / Double(pairs.count - 1)
      return AttentionPair.Reading(
        step: .why, name: name, value: value, others: pairs.count > 1 ? others : nil, rank: nil)
    }
    readings.append(reading(.moved, "‖α f(x)‖", pairs.map { $0.weight * $0.length }))
    try progress(1, 4)
    let jacobians = try jacobians(row.row, heads, [pairs], directions: nil, &random)
    readings.append(reading(.moved, "‖∂ out / ∂ x‖", jacobians[0]))
    try progress(2, 4)
    if pairs.count > 1 {
      let moves = try knockouts(row.row, heads, [pairs])
      readings.append(reading(.matters, "divergence without the look", moves[0]))
    }
    try progress(3, 4)
    readings += try losses(row, place, parts, canHide: pairs.count > 1).map { name, value in
      AttentionPair.Reading(step: .matters, name: name, value: value, others: nil, rank: nil)
    }
    try progress(4, 4)
    return AttentionPair(parts: parts, keys: pairs.count, readings: readings)
  }

  /// The pairs of a query with every key that it sees.
  private func pairs(_ row: AnnotatedRow, _ heads: HeadSelection, query: Int)
    throws(Fault) -> [MovedPairs.Pair]
  {
    let lengths = try writtenLengths(row.row, heads)[0]
    var pairs: [MovedPairs.Pair] = []
    try attention(over: [row], heads: heads) { seen in
      let pattern = seen.pattern(0)
      let support = seen.support(of: query, head: 0)
      let total = support.reduce(0) { $0 + pattern[query, $1] * lengths[$1] }
      pairs = support.map { key in
        MovedPairs.Pair(
          query: query, key: key, weight: pattern[query, key], length: lengths[key],
          rowTransfer: total, sinkChance: .nan)
      }
    }
    return pairs
  }

  /// What is added to the loss of the text when the look is hidden, and when the head writes nothing;
  /// empty where the text has no loss as it stands.
  private func losses(
    _ row: AnnotatedRow, _ place: HeadPlace, _ parts: ScoreParts, canHide: Bool
  ) throws(Fault) -> [(String, Double)] {
    let description = model.description
    let isMasked = row.row.tokens.contains { $0.maskedID != nil }
    let hasLoss =
      description.classification.map { $0.reading != .value }
      ?? (description.isCausal ? row.row.count > 1 : isMasked)
    guard hasLoss else { return [] }
    let texts = try LossTexts([row], .own, seed: 0, self)
    func change(_ edit: Edit, _ before: Double) throws(Fault) -> Double {
      try texts.losses([0], edits: [edit], self)[0] - before
    }
    let before = try texts.losses([0], edits: [], self)[0]
    let head = try change(
      Edit(id: -1, site: place.z, row: 0, components: [place.head], action: .zero), before)
    guard canHide else { return [("loss without the head", head)] }
    let look = try change(
      Edit(
        id: -1, site: place.scores, row: 0, components: [place.head],
        positions: .list([parts.query]), action: .hide(keys: [parts.key], sparingSelf: false)),
      before)
    return [("loss without the look", look), ("loss without the head", head)]
  }
}

extension ScoreParts {
  /// The summands that tell the key most from the others: their names, their numbers, and the mean of
  /// these over all keys.
  fileprivate func strongest(_ count: Int) -> [(name: String, value: Double, mean: Double)] {
    let pairs = queryParts.indices.flatMap { row in keyParts.indices.map { (row, $0) } }
    return pairs.sorted { abs(overMean[$0.0][$0.1]) > abs(overMean[$1.0][$1.1]) }.prefix(count)
      .map { row, column in
        (
          "score: \(queryParts[row]) · \(keyParts[column])", scores[row][column],
          scores[row][column] - overMean[row][column]
        )
      }
  }
}
