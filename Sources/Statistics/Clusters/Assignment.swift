/// The nearest centre of each point.
struct Assignment: Sendable {
  let clusters: [Int]
  /// The squared distance of each point to its centre.
  private let distances: [Float]
  /// The sum of the squared distances.
  let inertia: Double

  init(of table: PointTable, to centres: PointTable) {
    let blocks = table.mapBlocks { rows in
      var nearest: [(cluster: Int, distance: Float)] = []
      nearest.reserveCapacity(rows.count)
      for row in rows {
        var best = (cluster: 0, distance: Float.infinity)
        for cluster in 0..<centres.count {
          let distance = table.distance(row, to: cluster, of: centres)
          if distance < best.distance { best = (cluster, distance) }
        }
        nearest.append(best)
      }
      return nearest
    }
    clusters = blocks.flatMap { $0.map(\.cluster) }
    distances = blocks.flatMap { $0.map(\.distance) }
    inertia = distances.reduce(0.0) { $0 + Double($1) }
  }

  /// The `count` points that lie farthest from their centres, farthest first.
  func farthest(_ count: Int) -> ArraySlice<Int> {
    guard count > 0 else { return [] }
    return distances.indices.sorted { (distances[$0], $1) > (distances[$1], $0) }.prefix(count)
  }
}
