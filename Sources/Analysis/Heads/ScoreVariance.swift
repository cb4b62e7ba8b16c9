import Faults
import Foundation
import Statistics
import Tensors
import Transformers

/// What decides a head's scores: where a key stands, or what it is.
///
/// Scores are taken less their mean over the keys that a query sees, since a softmax does not notice
/// it. They are fitted by an effect for each distance, for each token at the key, and for each pair
/// of tokens that comes often enough (an analysis of variance on pooled texts). The share that a fit
/// to shuffled scores reaches is taken off.
public struct ScoreVariance: Sendable, Hashable {
  /// What distance alone explains.
  public let position: Double
  /// What tokens alone explain.
  public let content: Double
  /// What both explain together.
  public let both: Double

  /// What only distance explains.
  public var positionOnly: Double { both - content }
  /// What only tokens explain.
  public var contentOnly: Double { both - position }
}

/// Collects scores, with where their keys stand and what they are.
struct ScoreSums {
  private static let most = 20_000
  private static let farthest = 32
  private let tokenNames: [Int: Int]
  private let framing: AttentionFraming
  private var scores: [[Double]]
  private var offsets: [Int] = []
  private var tokens: [Int] = []
  private var pairs: [Int] = []
  private var rows: [Int] = []
  private var random: SeededGenerator
  private var rowCount = 0
  /// How many pairs of a query and a key are taken, one in so many.
  private let stride: Int

  init(
    _ heads: HeadSelection, rows: [AnnotatedRow], framing: @escaping AttentionFraming, seed: UInt64
  ) {
    var counts: [Int: Int] = [:]
    var pairCount = 0
    for row in rows {
      let keys = row.tokens(of: heads.isCross ? .encoder : heads.stack)
      for token in keys.tokens { counts[token.id, default: 0] += 1 }
      pairCount += keys.count * row.tokens(of: heads.stack).count
    }
    // What comes less than three times is one class: an effect of its own would explain it whatever
    // it is.
    let frequent = counts.filter { $0.value >= 3 }.keys.sorted()
    tokenNames = Dictionary(uniqueKeysWithValues: frequent.enumerated().map { ($1, $0 + 1) })
    self.framing = framing
    scores = Array(repeating: [], count: heads.count)
    random = SeededGenerator(seed: seed, name: "shuffled scores")
    stride = max(1, (pairCount + Self.most - 1) / Self.most)
  }

  mutating func add(_ row: AttentionRow) {
    let frame = framing(row)
    let views = scores.indices.map { frame.view(of: row.pattern($0)).rows }
    for (place, query) in frame.queries.enumerated() {
      rowCount += 1
      let support = frame.supports[place]
      guard support.count > 1, rowCount % stride == 0 else { continue }
      for key in support {
        let position = frame.keys[key]
        let offset = position - query
        offsets.append(min(max(offset, -Self.farthest), Self.farthest) + Self.farthest)
        tokens.append(tokenNames[row.keys.tokens[position].id] ?? 0)
        pairs.append(
          (tokenNames[row.queries.tokens[query].id] ?? 0) * (tokenNames.count + 1)
            + (tokens.last ?? 0))
        rows.append(rowCount)
      }
      for head in views.indices {
        // ln A is the score less a number that all keys of the query share.
        let logs = support.map { log(max(views[head][place, $0], 1e-30)) }
        let mean = logs.reduce(0, +) / Double(logs.count)
        scores[head] += logs.map { $0 - mean }
      }
    }
  }

  /// The variance of each head's scores.
  ///
  /// - Parameter check: Called between heads; what it throws stops the fits.
  mutating func results(
    check: () throws(Fault) -> Void = {}
  ) throws(Fault) -> [ScoreVariance] {
    let classes = Self.renumbered(pairs, atLeast: 3)
    let position = [offsets]
    let content = [tokens, classes]
    let order = shuffledWithinRows()
    return try scores.map { scores throws(Fault) in
      try check()
      let dealt = order.map { scores[$0] }
      func share(_ factors: [[Int]]) -> Double {
        // Each query has an effect of its own, since its scores are taken less their mean.
        let own = CategoricalFit.explainedVariance(scores, factors: [rows] + factors)
        let null = CategoricalFit.explainedVariance(dealt, factors: [rows] + factors)
        return (own - null) / max(1 - null, 1e-12)
      }
      return ScoreVariance(
        position: share(position), content: share(content), both: share(position + content))
    }
  }

  /// Classes counted from 0, those with few items as one.
  private static func renumbered(_ classes: [Int], atLeast count: Int) -> [Int] {
    var counts: [Int: Int] = [:]
    for name in classes { counts[name, default: 0] += 1 }
    let kept = counts.filter { $0.value >= count }.keys.sorted()
    let places = Dictionary(uniqueKeysWithValues: kept.enumerated().map { ($1, $0 + 1) })
    return classes.map { places[$0] ?? 0 }
  }

  private mutating func shuffledWithinRows() -> [Int] {
    var order = Array(rows.indices)
    var start = 0
    while start < rows.count {
      var end = start
      while end < rows.count && rows[end] == rows[start] { end += 1 }
      order[start..<end].shuffle(using: &random)
      start = end
    }
    return order
  }
}
