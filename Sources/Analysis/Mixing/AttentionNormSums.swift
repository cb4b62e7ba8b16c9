import Faults
import Statistics
import Tensors
import Transformers

/// How attention by length differs from attention by weight, over many rows: what each head's values
/// weigh, and what that does to the tokens that it looks at most (Kobayashi et al., 2020, Attention
/// is Not Only a Weight).
public struct AttentionNormSums: Sendable {
  /// What is measured of one head.
  public struct Reading: Sendable {
    /// The attention and the head; nil for all heads of the attention together.
    public var place: AttentionPlace, head: Int?
    /// The coefficient of variation of ‖f(x)‖ over tokens, with its interval over rows.
    public var dispersion: Estimate
    /// Spearman's coefficient between what a token gets, relative to attention that is even over the
    /// keys that may be seen, and ‖f(x)‖.
    public var correlation: Estimate
    /// The chance of a coefficient as far from zero, to either side, by how it differs from row to row;
    /// NaN of fewer than four rows.
    public var p: Double
    /// Spearman's coefficient between a token's rank by frequency (the most frequent first) and
    /// ‖f(x)‖: positive where frequent tokens weigh little.
    public var frequency: Double
    /// The share of weights that goes to special tokens.
    public var specialWeight: Estimate
    /// The share of lengths that comes from special tokens.
    public var specialNorm: Estimate
  }

  /// What is remembered of a head: a number for each token, and sums for each row.
  private struct Pool: Sendable {
    var lengths: [Float] = []
    var received: [Float] = []
    var shares: Matrix
  }

  /// The attentions.
  public let places: [AttentionPlace]
  /// The largest deviation of the summands from what attention wrote.
  public private(set) var deviation = 0.0
  /// The mean share of weights that went to tokens which were left out.
  public var dropped: Double { droppedCount == 0 ? 0 : droppedSum / droppedCount }
  private var droppedSum = 0.0
  private var droppedCount = 0.0
  private var heads: [[Pool]]
  private var blocks: [Matrix]
  private var rowOfToken: [[Int32]]
  private var idOfToken: [[Int32]]
  private let rows: Int

  /// Nothing yet, for so many rows.
  public init(rows: Int, places: [AttentionPlace], in model: ModelDescription) {
    self.rows = rows
    self.places = places
    heads = places.map { place in
      (0..<model.attention(at: place).heads).map { _ in Pool(shares: Matrix(zeros: rows, 4)) }
    }
    blocks = places.map { _ in Matrix(zeros: rows, 2) }
    rowOfToken = places.map { _ in [] }
    idOfToken = places.map { _ in [] }
  }

  /// Adds one row of one attention.
  ///
  /// - Parameters:
  ///   - tokens: The tokens that are attended to.
  ///   - isVisible: Which keys a query may see.
  ///   - special: What becomes of special tokens.
  public mutating func add(
    _ terms: AttentionTerms, row: Int, queries: [PromptToken], keys: [PromptToken],
    isVisible: (Int, Int) -> Bool, dropsKeys: Bool, dropsQueries: Bool
  ) {
    guard let place = places.firstIndex(of: terms.place) else { return }
    deviation = max(deviation, terms.deviation)
    let asking = queries.indices.filter { !dropsQueries || queries[$0].origin != .template }
    let counted = keys.indices.filter { !dropsKeys || keys[$0].origin != .template }
    let special = keys.indices.filter { keys[$0].origin == .template }
    let seen = asking.map { query in Double(keys.indices.count { isVisible(query, $0) }) }
    rowOfToken[place] += counted.map { _ in Int32(row) }
    idOfToken[place] += counted.map { Int32(keys[$0].id) }
    for head in 0..<terms.heads {
      let pattern = terms.patterns[head]
      let lengths = terms.sourceLengths(head: head)
      for key in counted {
        var received = 0.0
        var visible = 0.0
        for (query, legal) in zip(asking, seen) where isVisible(query, key) {
          received += pattern[query, key] * legal
          visible += 1
        }
        heads[place][head].lengths.append(Float(lengths[key]))
        heads[place][head].received.append(visible == 0 ? .nan : Float(received / visible))
      }
      for query in asking {
        let weight = special.reduce(0) { $0 + pattern[query, $1] }
        let norm = special.reduce(0) { $0 + pattern[query, $1] * lengths[$1] }
        let all = keys.indices.reduce(0) { $0 + pattern[query, $1] * lengths[$1] }
        heads[place][head].shares[row, 0] += weight
        heads[place][head].shares[row, 1] += 1
        heads[place][head].shares[row, 2] += norm
        heads[place][head].shares[row, 3] += all
        if dropsKeys { (droppedSum, droppedCount) = (droppedSum + weight, droppedCount + 1) }
      }
    }
    guard !special.isEmpty else { return }
    let norms = terms.blockNorms()
    for query in asking {
      blocks[place][row, 0] += special.reduce(0) { $0 + norms[query, $1] }
      blocks[place][row, 1] += norms.row(query).reduce(0, +)
    }
  }

  /// What came of every head, and of each attention as a whole, which has shares only.
  public func readings(seed: UInt64) -> [Reading] {
    places.indices.flatMap { place in
      let units = rowOfToken[place]
      let frequencies = frequencyRanks(idOfToken[place])
      let own = heads[place].indices.map { head in
        reading(place, head, units: units, frequencies: frequencies, seed: seed)
      }
      return own + [wholeReading(place, seed: seed)]
    }
  }

  private func reading(
    _ place: Int, _ head: Int, units: [Int32], frequencies: [Double], seed: UInt64
  ) -> Reading {
    let pool = heads[place][head]
    let lengths = pool.lengths.map { Double($0) }
    let received = pool.received.map { Double($0) }
    let kept = received.indices.filter { !received[$0].isNaN }
    let ranks = zip(Ranks.of(kept.map { received[$0] }), Ranks.of(kept.map { lengths[$0] }))
    let moments = moments(Array(ranks), kept.map { units[$0] })
    let correlation = Bootstrap.functions(
      of: moments, size: Moments.count, seed: seed, Moments.correlation)[0].within(-1...1)
    let dispersion = Bootstrap.functions(
      of: self.moments(lengths.map { ($0, 0) }, units), size: Moments.count, seed: seed,
      Moments.variation)[0]
    return Reading(
      place: places[place], head: head, dispersion: dispersion, correlation: correlation,
      p: StudentT.p(
        of: correlation.value,
        withoutEach: Bootstrap.withoutEach(of: moments, Moments.correlation)),
      frequency: RankCorrelation.spearman(frequencies, lengths),
      specialWeight: Bootstrap.ratio(
        pool.shares.column(0), pool.shares.column(1), seed: seed
      ).within(0...1),
      specialNorm: Bootstrap.ratio(
        pool.shares.column(2), pool.shares.column(3), seed: seed
      ).within(0...1))
  }

  private func wholeReading(_ place: Int, seed: UInt64) -> Reading {
    let none = Estimate(value: .nan, low: .nan, high: .nan)
    var weights = Matrix(zeros: rows, 2)
    for pool in heads[place] {
      for row in 0..<rows {
        weights[row, 0] += pool.shares[row, 0]
        weights[row, 1] += pool.shares[row, 1]
      }
    }
    return Reading(
      place: places[place], head: nil, dispersion: none, correlation: none, p: .nan,
      frequency: .nan,
      specialWeight: Bootstrap.ratio(weights.column(0), weights.column(1), seed: seed),
      specialNorm: Bootstrap.ratio(
        blocks[place].column(0), blocks[place].column(1), seed: seed))
  }

  /// The moments of pairs, row by row.
  private func moments(_ pairs: [(Double, Double)], _ units: [Int32]) -> Matrix {
    var byRow = [[(Double, Double)]](repeating: [], count: rows)
    for (pair, row) in zip(pairs, units) { byRow[Int(row)].append(pair) }
    let used = byRow.filter { !$0.isEmpty }
    return Matrix(
      rows: used.count, columns: Moments.count, used.flatMap { Moments.of($0) })
  }

  /// Each token's place when types are ordered from the most frequent on; NaN everywhere when all are
  /// equally frequent.
  private func frequencyRanks(_ ids: [Int32]) -> [Double] {
    var counts: [Int32: Int] = [:]
    for id in ids { counts[id, default: 0] += 1 }
    guard Set(counts.values).count > 1 else { return ids.map { _ in .nan } }
    return ids.map { -Double(counts[$0] ?? 0) }
  }
}

extension Experiment {
  /// Attention by length over rows, for all heads of the model.
  public func attentionNormSums(
    over rows: [AnnotatedRow], places: [AttentionPlace], dropsKeys: Bool = false,
    dropsQueries: Bool = false,
    progress: (Int, Int) throws(Fault) -> Void = { _, _ in }
  ) throws(Fault) -> AttentionNormSums {
    let description = model.description
    var sums = AttentionNormSums(rows: rows.count, places: places, in: description)
    try eachTerms(over: rows, places, progress: progress) { index, terms in
      let place = terms.place
      let attention = description.attention(at: place)
      let row = rows[index].row
      let queries = row.extent(of: place.site(.attn), in: description).tokens
      let keys = place.isCross ? row.source ?? [] : queries
      sums.add(
        terms, row: index, queries: queries, keys: keys,
        isVisible: { query, key in
          place.isCross
            || (!attention.isCausal || key <= query)
              && (attention.window.map { query - key < $0 } ?? true)
        }, dropsKeys: dropsKeys, dropsQueries: dropsQueries)
    }
    return sums
  }
}
