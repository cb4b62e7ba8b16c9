import Tensors

/// How many of each point's nearest neighbours have its label.
public struct NeighborPurity: Sendable {
  /// The share for each point.
  public let shares: [Double]
  /// The mean over points.
  public let mean: Double
  /// What it would be if labels did not depend on the place: the chance that another point, drawn at
  /// random, has the same label.
  public let chance: Double
  /// How many neighbours were looked at: as many as asked for, or all others.
  public let neighbors: Int

  /// Looks at the `neighbors` nearest points of each, by Euclidean distance.
  ///
  /// - Throws: `StatisticsError` for fewer than two points, another number of labels, or numbers
  ///   that are not finite.
  public init(
    _ points: Matrix, labels: [Int], neighbors: Int = 10
  ) throws(StatisticsError) {
    guard points.rows >= 2 else { throw .tooFew(what: "points", count: points.rows, least: 2) }
    guard labels.count == points.rows else {
      throw .shape(what: "the labels", expected: "[\(points.rows)]", found: [labels.count])
    }
    let nearest = try NearestNeighbors(points, count: neighbors)
    let shares = labels.indices.map { point in
      let near = nearest.indices(of: point)
      return Double(near.count { labels[$0] == labels[point] }) / Double(near.count)
    }
    var counts: [Int: Int] = [:]
    for label in labels { counts[label, default: 0] += 1 }
    let pairs = counts.values.reduce(0) { $0 + $1 * ($1 - 1) }
    self.shares = shares
    mean = shares.reduce(0, +) / Double(shares.count)
    chance = Double(pairs) / Double(labels.count * (labels.count - 1))
    self.neighbors = nearest.count
  }
}
