import Statistics
import Tensors

/// What the chosen heads look at in one row of a corpus, without padding.
public struct AttentionRow: Sendable {
  /// The row's place in the corpus.
  public let index: Int
  /// The row.
  public let row: AnnotatedRow
  /// The heads.
  public let heads: HeadSelection
  /// The tokens that attend.
  public let queries: AttentionTokens
  /// The tokens that are attended to.
  public let keys: AttentionTokens
  /// What each head gives, in the order of the selection: queries times keys.
  let patterns: [Matrix]

  /// The pattern of a head by its place among the selected: queries times keys.
  public func pattern(_ head: Int) -> Matrix { patterns[head] }

  /// The keys that a query may see in the layer of a head.
  public func support(of query: Int, head: Int = 0) -> Range<Int> {
    guard heads.isCausal else { return 0..<keys.count }
    let window = heads.windows[heads.layerIndex(of: head)] ?? keys.count
    return max(0, query + 1 - window)..<query + 1
  }

  /// What stays of the row under a rule for special tokens, the same for all heads of a layer.
  public func frame(_ special: SpecialTokenRule, head: Int = 0) -> AttentionFrame {
    let keptKeys = special == .keep ? Array(0..<keys.count) : keys.plain
    let keptQueries = special == .dropBoth ? queries.plain : Array(0..<queries.count)
    let supports = keptQueries.map { query in
      let support = support(of: query, head: head)
      let first = keptKeys.firstIndex { $0 >= support.lowerBound } ?? keptKeys.count
      let last = keptKeys.lastIndex { $0 < support.upperBound }.map { $0 + 1 } ?? 0
      return first..<max(first, last)
    }
    return AttentionFrame(
      queries: keptQueries, keys: keptKeys, supports: supports, isWhole: special == .keep)
  }
}

/// Which queries and keys of a row count, and which keys each query may see.
public struct AttentionFrame: Sendable, Hashable {
  /// The positions of the queries that count.
  public let queries: [Int]
  /// The positions of the keys that count, in order.
  public let keys: [Int]
  /// For each of the queries, which of `keys` it may see.
  public let supports: [Range<Int>]
  let isWhole: Bool

  /// A pattern within the frame, and what each query gave to the keys outside of it.
  ///
  /// Rows are scaled to sum to one again; one whose kept keys got less than 1e-12 is NaN.
  public func view(of pattern: Matrix) -> (rows: Matrix, dropped: [Double]) {
    if isWhole { return (pattern, [Double](repeating: 0, count: pattern.rows)) }
    let kept = pattern.selecting(rows: queries, columns: keys)
    return (kept.normalisedRows, kept.rowSums.map { 1 - $0 })
  }

  /// Uniform attention within the frame: what a head that tells no keys apart would give.
  public var uniform: Matrix {
    Matrix(uniformOver: supports, columns: keys.count)
  }

  /// For each query the place among `keys` of the token `offset` behind it, where it may be seen.
  public func places(at offset: Int) -> [Int?] {
    zip(queries, supports).map { query, support in
      support.first { keys[$0] == query + offset }
    }
  }
}
