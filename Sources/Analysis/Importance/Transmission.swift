import Faults
import Statistics
import Tensors
import Transformers

/// Whether a large weight means that much was transmitted: rank correlations, pair by pair, of a
/// head's weights with what it moves.
///
/// Taken are, of some queries of each text, the pairs with the greatest weights: over all pairs the
/// many that are near zero would decide. Correlations are formed text by text and averaged.
public struct Transmission: Sendable {
  /// What a weight is compared with.
  public enum Measure: String, Sendable, CaseIterable {
    /// The length of what is moved: weight times the length of what the head writes of the token
    /// (Kobayashi et al. 2020, Attention is Not Only a Weight).
    case transfer
    /// How much the head's output at the query changes with the token's stream: the length of the
    /// Jacobian.
    case jacobian
    /// How far the prediction moves when the head may not look there: the divergence from the model's
    /// own, in nats.
    case knockout
  }

  /// How it is done.
  public struct Settings: Sendable, Hashable {
    /// What weights are compared with.
    public var measures: Set<Measure> = [.transfer]
    /// How many queries of a text are taken.
    public var queries = 8
    /// How many keys of a query are taken.
    public var keys = 5
    /// How many random directions a Jacobian is estimated with; nil for the Jacobian itself.
    public var directions: Int?
    /// The weight from which on a pair counts as one that is looked at.
    public var highWeight = 0.5
    /// What everything random is drawn from.
    public var seed: UInt64 = 0

    /// Transfers alone.
    public init() {}
  }

  /// The heads.
  public let heads: HeadSelection
  /// The correlations of each measure, text by text, [text, head].
  public private(set) var correlations: [Measure: RowSums] = [:]
  /// What transfers would correlate with weights if the lengths of what is written belonged to other
  /// keys of the row, [text, head].
  public private(set) var shuffled: RowSums
  /// Of pairs with a great weight, those that move less than half of their weight's share of what the
  /// row moves in all, [text, head].
  public private(set) var sinks: RowSums
  /// What that share would be if the lengths of what is written belonged to other keys of the row.
  public private(set) var sinkChances: RowSums
  let settings: Settings

  /// Measures texts.
  ///
  /// - Parameter progress: Called with how many texts are done.
  /// - Throws: `Fault` when a text does not fit the model, and what `progress` throws.
  public init(
    _ rows: [AnnotatedRow], heads: HeadSelection, settings: Settings = Settings(),
    with experiment: Experiment, progress: (Int) throws(Fault) -> Void = { _ in }
  ) throws(Fault) {
    self.heads = heads
    self.settings = settings
    shuffled = RowSums(rows: rows.count, columns: heads.count)
    sinks = shuffled
    sinkChances = shuffled
    for measure in settings.measures { correlations[measure] = shuffled }
    var hasPairs = false
    for (index, row) in rows.enumerated() {
      try progress(index)
      var random = SeededGenerator(seed: settings.seed, name: "\(index)")
      let moved = try MovedPairs(row, heads, settings, experiment, &random)
      for head in 0..<heads.count {
        hasPairs = hasPairs || moved.pairs[head].count > 2
        add(moved, head, index, &random)
      }
    }
    try progress(rows.count)
    guard hasPairs else {
      throw Fault(
        "too-few-tokens", "no text has three pairs of a query and a key that can be ranked",
        help: "give longer texts, or more `queries` and `keys`")
    }
  }

  private mutating func add(
    _ moved: MovedPairs, _ head: Int, _ text: Int, _ random: inout SeededGenerator
  ) {
    let pairs = moved.pairs[head]
    guard pairs.count > 2 else { return }
    let weights = pairs.map(\.weight)
    for measure in settings.measures {
      correlations[measure]?.add(
        RankCorrelation.spearman(weights, moved.numbers(measure, head)), row: text, column: head)
    }
    guard settings.measures.contains(.transfer) else { return }
    var lengths = pairs.map(\.length)
    var nulls: [Double] = []
    for _ in 0..<10 {
      lengths.shuffle(using: &random)
      nulls.append(RankCorrelation.spearman(weights, zip(weights, lengths).map { $0 * $1 }))
    }
    shuffled.add(nulls.reduce(0, +) / 10, row: text, column: head)
    for pair in pairs where pair.weight >= settings.highWeight {
      sinks.add(pair.length < pair.rowTransfer / 2 ? 1 : 0, row: text, column: head)
      sinkChances.add(pair.sinkChance, row: text, column: head)
    }
  }
}

/// The pairs of one text, head by head, with what moves between them.
struct MovedPairs: Sendable {
  /// A query, a key that it looks at, and what that comes to.
  struct Pair: Sendable {
    let query: Int
    let key: Int
    let weight: Double
    /// The length of what the head would write of the key with all its weight.
    let length: Double
    /// The sum of weight times length over the whole row.
    let rowTransfer: Double
    /// How often the key would be a sink with lengths in random order; NaN where it is not looked at
    /// much.
    let sinkChance: Double
  }

  /// The pairs of each head, by its place among the selected.
  private(set) var pairs: [[Pair]]
  private var others: [Transmission.Measure: [[Double]]] = [:]

  /// What a measure gives for the pairs of a head.
  func numbers(_ measure: Transmission.Measure, _ head: Int) -> [Double] {
    measure == .transfer
      ? pairs[head].map { $0.weight * $0.length } : others[measure]?[head] ?? []
  }

  init(
    _ row: AnnotatedRow, _ heads: HeadSelection, _ settings: Transmission.Settings,
    _ experiment: Experiment, _ random: inout SeededGenerator
  ) throws(Fault) {
    let lengths = try experiment.writtenLengths(row.row, heads)
    var found: [[Pair]] = Array(repeating: [], count: heads.count)
    var generator = random
    try experiment.attention(over: [row], heads: heads) { seen throws(Fault) in
      let queries = (0..<seen.queries.count).filter { seen.support(of: $0).count > 1 }
      let drawn = queries.shuffled(using: &generator).prefix(settings.queries).sorted()
      for head in 0..<heads.count {
        let pattern = seen.pattern(head)
        for query in drawn {
          let support = seen.support(of: query, head: head)
          let total = support.reduce(0) { $0 + pattern[query, $1] * lengths[head][$1] }
          let greatest = support.sorted { (pattern[query, $1], $0) < (pattern[query, $0], $1) }
          found[head] += greatest.prefix(settings.keys).map { key in
            Pair(
              query: query, key: key, weight: pattern[query, key], length: lengths[head][key],
              rowTransfer: total,
              sinkChance: pattern[query, key] < settings.highWeight
                ? .nan
                : Self.sinkChance(
                  support.map { pattern[query, $0] }, support.map { lengths[head][$0] },
                  at: key - support.lowerBound, &generator))
          }
        }
      }
    }
    random = generator
    pairs = found
    if settings.measures.contains(.jacobian) {
      others[.jacobian] = try experiment.jacobians(
        row.row, heads, pairs, directions: settings.directions, &random)
    }
    if settings.measures.contains(.knockout) {
      others[.knockout] = try experiment.knockouts(row.row, heads, pairs)
    }
  }

  /// How often the key at a place would move less than half of its weight's share if the lengths of a
  /// row's keys were in random order.
  private static func sinkChance(
    _ weights: [Double], _ lengths: [Double], at place: Int, _ random: inout SeededGenerator
  ) -> Double {
    let tries = 20
    var lengths = lengths
    let sinks = (0..<tries).count { _ in
      lengths.shuffle(using: &random)
      return lengths[place] < zip(weights, lengths).reduce(0) { $0 + $1.0 * $1.1 } / 2
    }
    return Double(sinks) / Double(tries)
  }
}

extension Experiment {
  /// How long the vector is that each head would write of each key alone, [head][key]: the value, with
  /// its bias, through the head's part of the output projection.
  func writtenLengths(_ row: PromptRow, _ heads: HeadSelection) throws(Fault) -> [[Double]] {
    let captures = heads.layers.map { layer in
      Capture(
        site: Site(
          heads.isCross ? .crossV : .v, layer: layer.site.layer, stack: layer.site.stack))
    }
    let captured = try run([row], captures: captures).captured
    var lengths: [[Double]] = []
    for (layer, capture) in zip(heads.layers, captures) {
      guard let values = captured[capture] else {
        throw Fault("not-captured", "the run did not reach the heads")
      }
      for head in layer.components {
        let weights = try runtime.headWeights(
          stack: layer.site.stack, layer: layer.site.layer, head: head, isCross: heads.isCross)
        let group = weights.attention.group(ofHead: head)
        do {
          let own = try values.read(Region([[0], nil, [group], nil])).cast(to: Double.self)
          let (keys, width) = (own.shape[1], own.shape[3])
          let written = try Kernels.matmul(
            own.reshaped([.key, .headWidth], [keys, width]), transposeA: false, weights.output,
            transposeB: false
          ).elements
          lengths.append(
            written.chunked(max(written.count / max(keys, 1), 1)).map { vector in
              vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
            })
        } catch {
          throw Fault("tensor", "\(error)")
        }
      }
    }
    return lengths
  }
}
