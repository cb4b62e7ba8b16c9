import Statistics

/// How often a head's greatest weight lies at a fixed distance (Voita et al., 2019).
///
/// Of queries that have a token at that distance, the share whose greatest weight is there; several
/// keys with exactly the greatest weight share the credit.
public struct PositionalHeads: Sendable {
  /// Rows with fewer tokens do not count: a neighbour is easily hit there.
  public static let leastLength = 8
  /// The share from which a head is called positional (Voita et al., 2019).
  public static let bound = 0.9
  /// The distances that are looked at.
  public static let offsets = Array(-5...5)

  /// The heads.
  public let heads: HeadSelection
  /// The shares; `column` finds one.
  public private(set) var hits: RowSums
  /// What chance gives: one over the number of keys in sight.
  public private(set) var chance: RowSums
  private var queries = 0.0

  /// Nothing yet, of so many rows.
  public init(rows: Int, heads: HeadSelection) {
    self.heads = heads
    hits = RowSums(rows: rows, columns: heads.count * Self.offsets.count)
    chance = hits
  }

  /// The column of a head and an offset.
  public func column(_ head: Int, _ offset: Int) -> Int {
    head * Self.offsets.count + offset - Self.offsets[0]
  }

  /// The distance that a head hits most often, of those that at least half of the queries have.
  public func best(_ head: Int) -> Int? {
    Self.offsets.filter { hits.weight(column(head, $0)) * 2 >= queries && queries > 0 }
      .max { hits.mean(column(head, $0)) < hits.mean(column(head, $1)) }
  }

  /// Adds a row.
  public mutating func add(_ row: AttentionRow) {
    guard !heads.isCross, row.queries.count >= Self.leastLength else { return }
    queries += Double(row.queries.count)
    for layer in heads.layers {
      let supports = (0..<row.queries.count).map {
        row.support(of: $0, head: layer.range.lowerBound)
      }
      for head in layer.range {
        let best = row.pattern(head).rowMaximisers(within: supports)
        for (query, places) in best.enumerated() {
          for offset in Self.offsets where supports[query].contains(query + offset) {
            let credit = places.contains(query + offset) ? 1 / Double(places.count) : 0
            hits.add(credit, row: row.index, column: column(head, offset))
            chance.add(
              1 / Double(supports[query].count), row: row.index, column: column(head, offset))
          }
        }
      }
    }
  }
}
