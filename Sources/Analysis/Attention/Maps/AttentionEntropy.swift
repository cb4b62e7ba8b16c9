import Foundation
import Statistics

/// How widely heads spread their attention (Clark et al., 2019).
///
/// The entropy of each query's attention in nats, after 0.0001 of it was spread evenly over the keys
/// that it may see; and the same as a share of the most that so many keys allow. A query that may see
/// one key only does not count.
public struct AttentionEntropy: Sendable {
  /// The share of each row that is spread evenly before its entropy is taken.
  public static let smoothing = 0.0001
  /// The entropy, in nats, above which a head is called broad at 128 tokens (Clark et al., 2019).
  public static let broadEntropy = 3.8
  /// The same as a share of the most that 128 tokens allow, which short rows can reach too.
  public static let broadShare = broadEntropy / log(128.0)

  /// The heads.
  public let heads: HeadSelection
  /// What becomes of special tokens.
  public let special: SpecialTokenRule
  /// The entropies, one column a head.
  public private(set) var entropy: RowSums
  /// The entropies as shares of the most that is possible, one column a head.
  public private(set) var share: RowSums
  /// The entropies of each row's first token (CLS, where there is one), one column a head.
  public private(set) var first: RowSums
  /// The most that is possible, one column a head: what uniform attention gives.
  public private(set) var most: RowSums

  /// Nothing yet, of so many rows.
  public init(rows: Int, heads: HeadSelection, special: SpecialTokenRule = .keep) {
    self.heads = heads
    self.special = special
    entropy = RowSums(rows: rows, columns: heads.count)
    share = entropy
    first = entropy
    most = entropy
  }

  /// Adds a row.
  public mutating func add(_ row: AttentionRow) {
    for layer in heads.layers {
      let frame = row.frame(special, head: layer.range.lowerBound)
      for head in layer.range {
        let entropies = frame.view(of: row.pattern(head)).rows
          .rowEntropies(within: frame.supports, smoothing: Self.smoothing)
        for (query, value) in entropies.enumerated() where frame.supports[query].count > 1 {
          let limit = log(Double(frame.supports[query].count))
          entropy.add(value, row: row.index, column: head)
          share.add(value / limit, row: row.index, column: head)
          if value.isFinite { most.add(limit, row: row.index, column: head) }
          if frame.queries[query] == 0 { first.add(value, row: row.index, column: head) }
        }
      }
    }
  }
}
