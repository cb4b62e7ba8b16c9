import Statistics

/// How often a head's greatest weight lies on the least frequent token in sight (Voita et al., 2019).
///
/// Frequencies are those of the corpus itself. A query counts where the least frequent token in its
/// sight is none of the most frequent types: 500 of them, or half of all where there are fewer than
/// 1,000. Special tokens are no candidates.
public struct RareTokenHeads: Sendable {
  /// How many types are too frequent to be rare.
  public static let frequentTypes = 500
  /// The share from which a head counts as one for rare tokens.
  public static let bound = 0.5

  /// The heads.
  public let heads: HeadSelection
  /// The shares that hit the rarest token, one column a head.
  public private(set) var rarest: RowSums
  /// The shares that hit one of the two rarest, one column a head.
  public private(set) var twoRarest: RowSums
  /// What chance gives of the first, one column a head.
  public private(set) var chance: RowSums
  private let counts: [Int: Int]
  private let isFrequent: Set<Int>

  /// Nothing yet, of these rows.
  public init(_ rows: [AnnotatedRow], heads: HeadSelection) {
    self.heads = heads
    rarest = RowSums(rows: rows.count, columns: heads.count)
    twoRarest = rarest
    chance = rarest
    var counts: [Int: Int] = [:]
    for row in rows {
      let tokens = heads.isCross ? row.tokens : row.tokens(of: heads.stack).tokens
      for token in tokens where token.origin != .template { counts[token.id, default: 0] += 1 }
    }
    let ranked = counts.keys.sorted { (counts[$0] ?? 0, $1) > (counts[$1] ?? 0, $0) }
    self.counts = counts
    isFrequent = Set(ranked.prefix(min(Self.frequentTypes, ranked.count / 2)))
  }

  /// Adds a row.
  public mutating func add(_ row: AttentionRow) {
    for layer in heads.layers {
      let frame = row.frame(.dropKeys, head: layer.range.lowerBound)
      let wanted = frame.supports.map { targets(in: $0, row, frame) }
      for head in layer.range {
        let kept = row.pattern(head).selecting(rows: frame.queries, columns: frame.keys)
        let best = kept.rowMaximisers(within: frame.supports)
        for (query, target) in wanted.enumerated() {
          guard let target else { continue }
          func credit(_ places: Set<Int>) -> Double {
            let hit = best[query].count { places.contains($0) }
            return hit == 0 ? 0 : Double(hit) / Double(best[query].count)
          }
          rarest.add(credit(target.one), row: row.index, column: head)
          twoRarest.add(credit(target.two), row: row.index, column: head)
          chance.add(
            Double(target.one.count) / Double(frame.supports[query].count), row: row.index,
            column: head)
        }
      }
    }
  }

  /// The places of the rarest token in sight and of the two rarest; nil where none is rare, or only
  /// one token is in sight.
  private func targets(
    in support: Range<Int>, _ row: AttentionRow, _ frame: AttentionFrame
  ) -> (one: Set<Int>, two: Set<Int>)? {
    guard support.count > 1 else { return nil }
    func id(_ place: Int) -> Int { row.keys.tokens[frame.keys[place]].id }
    let ids = Set(support.map(id)).sorted { (counts[$0] ?? 0, $0) < (counts[$1] ?? 0, $1) }
    guard let first = ids.first, !isFrequent.contains(first) else { return nil }
    let two = Set(ids.prefix(2))
    return (
      Set(support.filter { id($0) == first }), Set(support.filter { two.contains(id($0)) })
    )
  }
}
