import Tensors

/// Clusters with the least squared distance to their means (Lloyd, 1982).
///
/// The first centres are drawn far from each other (Arthur and Vassilvitskii 2007, k-means++: The
/// Advantages of Careful Seeding). Results have the same bits on any number of threads.
public enum KMeans {
  /// Clusters `points`.
  ///
  /// Points go to the nearest centre and centres to the mean of their points, until no point moves
  /// any more or `iterations` are over. A cluster that loses all its points is set on the point that
  /// lies farthest from its centre.
  ///
  /// - Parameters:
  ///   - points: one in each row; axes of any name.
  ///   - clusters: how many; from 1 to the number of points.
  ///   - seed: for the first centres; the same seed gives the same clusters.
  ///   - iterations: the most rounds; 0 gives the first centres.
  /// - Throws: `StatisticsError` when the points are no matrix, hold a number that is not finite, or
  ///   are fewer than `clusters`.
  public static func fit(
    points: Tensor<Float>, clusters: Int, seed: UInt64, iterations: Int = 100
  ) throws(StatisticsError) -> Clustering {
    let table = try PointTable(points, what: "the points")
    guard clusters >= 1, clusters <= table.count else {
      throw .clusterCount(clusters, points: table.count)
    }
    var random = SeededGenerator(seed: seed)
    var centres = firstCentres(table, clusters, &random)
    var assignment = Assignment(of: table, to: centres)
    var rounds = 0
    while rounds < iterations {
      centres = means(of: table, assignment, clusters)
      let next = Assignment(of: table, to: centres)
      rounds += 1
      let isSettled = next.clusters == assignment.clusters
      assignment = next
      if isSettled { break }
    }
    return Clustering(
      centres: centres.tensor(["cluster", .width]), assignments: assignment.clusters,
      inertia: assignment.inertia)
  }

  /// The row of `centres` that lies nearest to each point, the first of equally near ones.
  ///
  /// - Throws: `StatisticsError` when either is no matrix or holds a number that is not finite, they
  ///   differ in width, or there is no centre.
  public static func assign(
    _ points: Tensor<Float>, to centres: Tensor<Float>
  ) throws(StatisticsError) -> [Int] {
    let table = try PointTable(points, what: "the points")
    let targets = try PointTable(centres, what: "the centres")
    guard targets.count > 0 else {
      throw .shape(
        what: "the centres", expected: "[at least 1, \(table.width)]", found: centres.shape)
    }
    guard table.width == targets.width else {
      throw .shape(
        what: "the points", expected: "[points, \(targets.width)]", found: points.shape)
    }
    return Assignment(of: table, to: targets).clusters
  }

  /// Draws points, each with a chance in proportion to its squared distance to those before.
  private static func firstCentres(
    _ table: PointTable, _ clusters: Int, _ random: inout SeededGenerator
  ) -> PointTable {
    var centres = PointTable(count: clusters, width: table.width)
    var chosen = min(Int(random.uniform() * Double(table.count)), table.count - 1)
    centres.set(0, to: chosen, of: table)
    var distances = [Float](repeating: .infinity, count: table.count)
    for cluster in 1..<max(clusters, 1) {
      let (last, before) = (chosen, distances)
      distances = table.mapBlocks { rows in
        rows.map { min(before[$0], table.distance($0, to: last, of: table)) }
      }.flatMap { $0 }
      let total = distances.reduce(0.0) { $0 + Double($1) }
      var left = random.uniform() * total
      // Of fewer different points than clusters, the rest lie on points that are centres already.
      chosen = distances.lastIndex { $0 > 0 } ?? 0
      for (row, distance) in distances.enumerated() where distance > 0 {
        left -= Double(distance)
        if left < 0 {
          chosen = row
          break
        }
      }
      centres.set(cluster, to: chosen, of: table)
    }
    return centres
  }

  /// The means of the clusters; empty ones are set on the points farthest from their centres.
  private static func means(
    of table: PointTable, _ assignment: Assignment, _ clusters: Int
  ) -> PointTable {
    let blocks = table.mapBlocks { rows in
      var sums = [SIMD8<Double>](repeating: .zero, count: clusters * table.stride)
      for row in rows {
        let first = assignment.clusters[row] * table.stride
        for lane in 0..<table.stride {
          sums[first + lane] += SIMD8<Double>(table.lanes[row * table.stride + lane])
        }
      }
      return sums
    }
    var sums = [SIMD8<Double>](repeating: .zero, count: clusters * table.stride)
    for block in blocks {
      for place in sums.indices { sums[place] += block[place] }
    }
    var counts = [Int](repeating: 0, count: clusters)
    for cluster in assignment.clusters { counts[cluster] += 1 }
    var centres = PointTable(count: clusters, width: table.width)
    var farthest = assignment.farthest(counts.count { $0 == 0 })
    for cluster in 0..<clusters {
      if counts[cluster] == 0, let row = farthest.popFirst() {
        centres.set(cluster, to: row, of: table)
      } else {
        centres.set(
          cluster,
          to: (0..<table.width).map { column in
            sums[cluster * table.stride + column / 8][column % 8]
              / Double(max(counts[cluster], 1))
          })
      }
    }
    return centres
  }
}
