/// Some neighbouring queries of one head of one row, and the keys that any of them sees.
///
/// The fused kernel and the three steps work on the same tiles by the same calls, so that looking
/// at a pattern does not change a result by one bit.
struct AttentionTile {
  let row: Int
  let head: Int
  let group: Int
  /// Live queries of the row, counted from its first.
  let queries: Range<Int>
  /// Keys from the first that a query of the tile sees (rounded down to a whole softmax vector) to
  /// the last.
  let keys: Range<Int>
}

extension AttentionPlan {
  /// Queries per tile: enough for an efficient product, few enough to skip most masked keys.
  private static var tileHeight: Int { 64 }

  /// All tiles; those with the most keys first, so that threads finish together.
  func tiles() -> [AttentionTile] {
    var tiles: [AttentionTile] = []
    let height = Self.tileHeight
    for (row, span) in rows.enumerated() {
      for start in stride(from: 0, to: span.queryCount, by: height).reversed() {
        let queries = start..<min(start + height, span.queryCount)
        let first = visible(span.queryStart + queries.lowerBound, span)
        let last = visible(span.queryStart + queries.upperBound - 1, span)
        let begin = min(first.lowerBound, last.upperBound) / SoftmaxRow.lanes * SoftmaxRow.lanes
        for head in 0..<heads {
          tiles.append(
            AttentionTile(
              row: row, head: head, group: head / (heads / groups), queries: queries,
              keys: begin..<last.upperBound))
        }
      }
    }
    return tiles
  }

  /// Elements of working memory that the largest tile needs.
  func scratchCount(_ tiles: [AttentionTile]) -> Int {
    tiles.reduce(0) { max($0, $1.queries.count * $1.keys.count) }
  }
}
