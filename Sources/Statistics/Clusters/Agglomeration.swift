import Tensors

/// Clusters that were joined two by two, the nearest first.
public struct Agglomeration: Sendable {
  /// How far two clusters are apart.
  public enum Linkage: String, Sendable, CaseIterable {
    /// The least distance between their members.
    case single
    /// The greatest distance between their members.
    case complete
    /// The mean distance between their members.
    case average
  }

  /// Two clusters that become one.
  ///
  /// Points are clusters 0 to n - 1; what merge i makes is cluster n + i.
  public struct Merge: Sendable, Hashable {
    /// The cluster with the lower number.
    public let first: Int
    /// The other.
    public let second: Int
    /// How far apart they are.
    public let distance: Double
    /// How many points both have.
    public let size: Int
  }

  /// All merges, one fewer than points.
  public let merges: [Merge]
  private let count: Int

  /// Joins points by their distances.
  ///
  /// Of equally near clusters those with the lowest numbers are joined first.
  ///
  /// - Parameter distances: symmetric, zeros on the diagonal.
  /// - Throws: `StatisticsError` when it is no matrix of distances.
  public init(_ distances: Matrix, linkage: Linkage = .average) throws(StatisticsError) {
    try Scaling.check(distances)
    count = distances.rows
    var table = distances
    var (names, sizes) = (Array(0..<count), [Int](repeating: 1, count: count))
    var live = Array(0..<count)
    var merges: [Merge] = []
    while live.count > 1 {
      var best = (first: live[0], second: live[1], distance: Double.infinity)
      for (place, row) in live.enumerated() {
        for column in live[(place + 1)...]
        where table.elements[row * count + column] < best.distance {
          best = (row, column, table.elements[row * count + column])
        }
      }
      let (kept, gone) = (best.first, best.second)
      let (left, right) = (Double(sizes[kept]), Double(sizes[gone]))
      live.removeAll { $0 == gone }
      for other in live where other != kept {
        let (one, two) = (table[kept, other], table[gone, other])
        let distance =
          switch linkage {
          case .single: min(one, two)
          case .complete: max(one, two)
          case .average: (left * one + right * two) / (left + right)
          }
        table[kept, other] = distance
        table[other, kept] = distance
      }
      sizes[kept] += sizes[gone]
      merges.append(
        Merge(
          first: min(names[kept], names[gone]), second: max(names[kept], names[gone]),
          distance: best.distance, size: sizes[kept]))
      names[kept] = count + merges.count - 1
    }
    self.merges = merges
  }

  /// The cluster of each point when `clusters` are left; numbered as their first points come.
  public func clusters(_ clusters: Int) -> [Int] {
    assignments(after: count - min(max(clusters, 1), count))
  }

  /// The cluster of each point when only clusters nearer than `distance` were joined.
  public func clusters(within distance: Double) -> [Int] {
    assignments(after: merges.prefix { $0.distance <= distance }.count)
  }

  private func assignments(after steps: Int) -> [Int] {
    var members: [Int: [Int]] = [:]
    for point in 0..<count { members[point] = [point] }
    for (step, merge) in merges.prefix(steps).enumerated() {
      members[count + step] =
        (members.removeValue(forKey: merge.first) ?? [])
        + (members.removeValue(forKey: merge.second) ?? [])
    }
    var labels = [Int](repeating: 0, count: count)
    let groups = members.values.sorted { ($0.min() ?? 0) < ($1.min() ?? 0) }
    for (label, group) in groups.enumerated() {
      for point in group { labels[point] = label }
    }
    return labels
  }
}
