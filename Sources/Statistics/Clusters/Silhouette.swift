import Tensors

/// How well points lie in their clusters (Rousseeuw 1987): from -1 to 1.
public enum Silhouette {
  /// The width of each point: (b - a) / max(a, b), with a its mean distance to its own cluster and
  /// b that to the nearest other one.
  ///
  /// A point that is alone in its cluster has 0; with a single cluster all are NaN.
  ///
  /// - Parameters:
  ///   - distances: points × points.
  ///   - clusters: the cluster of each point.
  public static func widths(_ distances: Matrix, clusters: [Int]) -> [Double] {
    precondition(
      distances.rows == clusters.count && distances.columns == clusters.count,
      "a distance and a cluster for each point")
    let names = Array(Set(clusters)).sorted()
    guard names.count > 1 else { return clusters.map { _ in .nan } }
    let place = Dictionary(uniqueKeysWithValues: zip(names, names.indices))
    let labels = clusters.map { place[$0] ?? 0 }
    var sizes = [Int](repeating: 0, count: names.count)
    for label in labels { sizes[label] += 1 }
    return labels.enumerated().map { point, label in
      if sizes[label] == 1 { return 0 }
      var sums = [Double](repeating: 0, count: names.count)
      for (other, distance) in zip(labels, distances.row(point)) { sums[other] += distance }
      let own = sums[label] / Double(sizes[label] - 1)
      let nearest =
        names.indices.lazy.filter { $0 != label }
        .map { sums[$0] / Double(sizes[$0]) }.min() ?? .nan
      let greatest = max(own, nearest)
      return greatest > 0 ? (nearest - own) / greatest : 0
    }
  }

  /// The mean width of all points.
  public static func mean(_ distances: Matrix, clusters: [Int]) -> Double {
    let widths = widths(distances, clusters: clusters)
    return widths.reduce(0, +) / Double(widths.count)
  }
}
