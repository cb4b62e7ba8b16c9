import Statistics
import Tensors
import Transformers

/// How one asks what a token has received and what it has kept.
public enum StreamMeasure: String, Sendable, CaseIterable {
  /// The projection of what was added on the sum, by the sum's square.
  case share
  /// The length of what was added by both lengths.
  case norm
  /// Cosines: of the kept stream and the sum, of what was added and the sum, and of the two parts.
  case keptCosine = "kept_cosine"
  case receivedCosine = "received_cosine"
  case bothCosine = "both_cosine"
  /// The mixing ratio over source tokens; of attention only.
  case mixing
  /// One less the diagonal of rollout with measured mixing ratios, from the first layer on.
  case rollout
  /// One less a token's own part of the lengths of ∂h[l]_i / ∂h[0]_j.
  case jacobian

  /// The measures that are compared with each other, all of them rising with what was received; the
  /// kept cosine is taken from 1 for that.
  public static let compared: [StreamMeasure] = [
    .share, .norm, .keptCosine, .mixing, .rollout, .jacobian,
  ]
}

/// Which tokens are counted as receivers.
public enum ReceiverTokens: String, Sendable, CaseIterable {
  /// Those of the text, those that the tokenizer's template brought, or both.
  case plain, special, all

  func contains(_ token: PromptToken) -> Bool {
    self == .all || (token.origin == .template) == (self == .special)
  }
}

/// What tokens keep and receive at every change of their streams, over many rows.
public struct StreamMixing: Sendable {
  /// The changes.
  public let updates: [StreamUpdate]
  private var sums: Matrix
  private var counts: Matrix
  private var missing: [Int]
  private var records: [Record] = []
  /// The largest distance of the two shares' sum from 1.
  public private(set) var shareError = 0.0
  /// How many rows the Jacobian was measured in.
  public internal(set) var jacobianRows = 0

  /// One token at one layer: its measures in the order of `StreamMeasure.compared`.
  private struct Record: Sendable {
    var row: Int
    var group: Int
    var values: [Double]
  }

  /// How well two measures agree over tokens of the same layer.
  public struct Agreement: Sendable {
    /// The measures.
    public var first: StreamMeasure, second: StreamMeasure
    /// Spearman's coefficient within layers, with its interval over rows.
    public var correlation: Estimate
    /// The chance of a coefficient as far from zero, to either side, by how it differs from row to row;
    /// NaN of fewer than four rows.
    public var p: Double
    /// Over how many tokens.
    public var count: Int
  }

  init(rows: Int, updates: [StreamUpdate]) {
    self.updates = updates
    let columns = updates.count * StreamMeasure.allCases.count
    sums = Matrix(zeros: rows, columns)
    counts = Matrix(zeros: rows, columns)
    missing = [Int](repeating: 0, count: columns)
  }

  private func column(_ update: Int, _ measure: StreamMeasure) -> Int {
    update * StreamMeasure.allCases.count + (StreamMeasure.allCases.firstIndex(of: measure) ?? 0)
  }

  mutating func add(_ value: Double, _ measure: StreamMeasure, update: Int, row: Int) {
    let column = column(update, measure)
    guard value.isFinite else {
      missing[column] += 1
      return
    }
    sums[row, column] += value
    counts[row, column] += 1
  }

  mutating func add(_ token: KeptAndReceived, update: Int, row: Int) {
    add(token.receivedShare, .share, update: update, row: row)
    add(token.normRatio, .norm, update: update, row: row)
    add(token.keptCosine, .keptCosine, update: update, row: row)
    add(token.receivedCosine, .receivedCosine, update: update, row: row)
    add(token.bothCosine, .bothCosine, update: update, row: row)
    let error = abs(token.receivedShare + token.keptShare - 1)
    if error > shareError { shareError = error }
  }

  mutating func record(row: Int, group: Int, values: [Double]) {
    records.append(Record(row: row, group: group, values: values))
  }

  /// The mean of a measure at a change, with its interval over rows; nil where it was not measured.
  public func reading(_ update: Int, _ measure: StreamMeasure, seed: UInt64) -> Estimate? {
    let column = column(update, measure)
    guard counts.column(column).contains(where: { $0 > 0 }) else { return nil }
    return Bootstrap.ratio(sums.column(column), counts.column(column), seed: seed)
  }

  /// The mean alone.
  public func mean(_ update: Int, _ measure: StreamMeasure) -> Double {
    let column = column(update, measure)
    let count = counts.column(column).reduce(0, +)
    return count == 0 ? .nan : sums.column(column).reduce(0, +) / count
  }

  /// How many tokens have no value of a measure at a change.
  public func skipped(_ update: Int, _ measure: StreamMeasure) -> Int {
    missing[column(update, measure)]
  }

  /// How each pair of measures agrees, over tokens at the attentions of one stack.
  public func agreements(seed: UInt64) -> [Agreement] {
    let measures = StreamMeasure.compared
    return measures.indices.flatMap { first in
      measures.indices.filter { $0 > first }.map { second in
        agreement(first, second, seed: seed)
      }
    }
  }

  private func agreement(_ first: Int, _ second: Int, seed: UInt64) -> Agreement {
    let kept = records.filter { $0.values[first].isFinite && $0.values[second].isFinite }
    let groups = kept.map(\.group)
    let x = RankCorrelation.withinGroups(Ranks.of(kept.map { $0.values[first] }), groups)
    let y = RankCorrelation.withinGroups(Ranks.of(kept.map { $0.values[second] }), groups)
    var byRow: [Int: [(Double, Double)]] = [:]
    for (place, record) in kept.enumerated() {
      byRow[record.row, default: []].append((x[place], y[place]))
    }
    let rows = byRow.keys.sorted()
    let moments = Matrix(
      rows: rows.count, columns: Moments.count, rows.flatMap { Moments.of(byRow[$0] ?? []) })
    let estimate =
      rows.isEmpty
      ? Estimate(value: .nan, low: .nan, high: .nan)
      : Bootstrap.functions(
        of: moments, size: Moments.count, seed: seed, Moments.correlation)[0].within(-1...1)
    return Agreement(
      first: StreamMeasure.compared[first], second: StreamMeasure.compared[second],
      correlation: estimate,
      p: StudentT.p(
        of: estimate.value,
        withoutEach: Bootstrap.withoutEach(of: moments, Moments.correlation)), count: kept.count)
  }
}
