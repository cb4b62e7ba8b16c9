import Tensors

/// The nearest points of each point among those that its labels allow, found by comparing all pairs.
public enum LabeledNeighbors {
  /// How far two points lie from each other.
  public enum Distance: String, Sendable, CaseIterable {
    /// By the angle between them; a point at the origin has none, and so neither has nor is a
    /// neighbour.
    case cosine
    /// By the straight line between them.
    case euclidean
  }

  /// Finds the `count` nearest points of each point, nearest first, of equally near ones the first.
  ///
  /// - Parameters:
  ///   - points: one in each row; axes of any name.
  ///   - apart: a label for each point: points of one label are never neighbours (those of one
  ///     sentence, say). Nil when only the point itself is left out.
  ///   - within: a label for each point: only points of one label are neighbours. Nil for all.
  /// - Returns: For each point the places of its neighbours; fewer where there are fewer.
  /// - Throws: `StatisticsError` when the points are no matrix, or a number is not finite.
  public static func find(
    _ points: Tensor<Float>, count: Int, distance: Distance = .euclidean, apart: [Int]? = nil,
    within: [Int]? = nil
  ) throws(StatisticsError) -> [[Int]] {
    var table = try PointTable(points, what: "the points")
    for labels in [apart, within] {
      if let labels, labels.count != table.count {
        throw .shape(what: "the labels", expected: "[\(table.count)]", found: [labels.count])
      }
    }
    let isPlaced =
      distance == .cosine
      ? table.normalise() : [Bool](repeating: true, count: table.count)
    let groups = Groups(within, isPlaced)
    return table.mapBlocks { [table] rows in
      rows.map { row in
        guard isPlaced[row] else { return [] }
        var nearest = Nearest(count)
        for other in groups.members(of: row) where other != row {
          if let apart, apart[other] == apart[row] { continue }
          nearest.offer(other, table.distance(row, to: other, of: table))
        }
        return nearest.places
      }
    }.flatMap { $0 }
  }
}

/// Who may be a neighbour of whom.
private struct Groups: Sendable {
  private let labels: [Int]?
  private var all: [Int: [Int]] = [:]

  init(_ labels: [Int]?, _ isPlaced: [Bool]) {
    self.labels = labels
    for place in isPlaced.indices where isPlaced[place] {
      all[labels?[place] ?? 0, default: []].append(place)
    }
  }

  func members(of place: Int) -> [Int] { all[labels?[place] ?? 0] ?? [] }
}

/// The nearest points so far, nearest first.
private struct Nearest {
  private let count: Int
  private(set) var places: [Int] = []
  private var distances: [Float] = []

  init(_ count: Int) { self.count = count }

  mutating func offer(_ place: Int, _ distance: Float) {
    if places.count == count {
      guard let last = distances.last, distance < last else { return }
      places.removeLast()
      distances.removeLast()
    }
    var index = places.count
    while index > 0, distances[index - 1] > distance { index -= 1 }
    places.insert(place, at: index)
    distances.insert(distance, at: index)
  }
}

extension PointTable {
  /// Gives each point the length 1, and says which have one now: a point at the origin stays there.
  fileprivate mutating func normalise() -> [Bool] {
    let origin = PointTable(count: 1, width: width)
    return (0..<count).map { row in
      let length = distance(row, to: 0, of: origin).squareRoot()
      if length > 0 { scale(row, by: 1 / length) }
      return length > 0
    }
  }
}
