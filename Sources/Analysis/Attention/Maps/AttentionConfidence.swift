import Statistics

/// How sure heads are: the greatest weight of each query, on average (Voita et al., 2019).
///
/// Special tokens are no candidates unless they are kept. As in the paper, what is left of a row is
/// not scaled to sum to one unless that is asked for. A query that may see one key only does not
/// count.
public struct AttentionConfidence: Sendable {
  /// The heads.
  public let heads: HeadSelection
  /// What becomes of special tokens.
  public let special: SpecialTokenRule
  /// Whether rows are scaled after special tokens were left out.
  public let isRenormalised: Bool
  /// The greatest weights, one column a head.
  public private(set) var confidence: RowSums
  /// What uniform attention would give, one column a head.
  public private(set) var uniform: RowSums

  /// Nothing yet, of so many rows.
  public init(
    rows: Int, heads: HeadSelection, special: SpecialTokenRule = .dropKeys,
    isRenormalised: Bool = false
  ) {
    self.heads = heads
    self.special = special
    self.isRenormalised = isRenormalised
    confidence = RowSums(rows: rows, columns: heads.count)
    uniform = confidence
  }

  /// Adds a row.
  public mutating func add(_ row: AttentionRow) {
    for layer in heads.layers {
      let frame = row.frame(special, head: layer.range.lowerBound)
      let seen = frame.queries.map { row.support(of: $0, head: layer.range.lowerBound).count }
      for head in layer.range {
        let pattern = row.pattern(head)
        let maxima =
          isRenormalised
          ? frame.view(of: pattern).rows.rowMaxima
          : pattern.selecting(rows: frame.queries, columns: frame.keys).rowMaxima
        for (query, value) in maxima.enumerated() where frame.supports[query].count > 1 {
          confidence.add(value, row: row.index, column: head)
          let keys = isRenormalised ? frame.supports[query].count : seen[query]
          if value.isFinite { uniform.add(1 / Double(keys), row: row.index, column: head) }
        }
      }
    }
  }
}
