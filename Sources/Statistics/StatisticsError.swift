/// Why a computation on data was refused.
public enum StatisticsError: Error, Equatable, Sendable, CustomStringConvertible {
  /// Data that must be a matrix, or have another width.
  case shape(what: String, expected: String, found: [Int])
  /// More clusters were asked for than there are points, or none.
  case clusterCount(Int, points: Int)
  /// A point holds NaN or an infinity.
  case notFinite(row: Int)

  /// One line: what, where, and the valid choice.
  public var description: String {
    switch self {
    case .shape(let what, let expected, let found):
      "\(what) must have the shape \(expected), but \(found) was given"
    case .clusterCount(let clusters, let points):
      points == 0
        ? "there are no points to cluster; give at least one"
        : "\(clusters) clusters of \(points) points; ask for 1 to \(points)"
    case .notFinite(let row):
      "row \(row) holds a number that is not finite; leave it out"
    }
  }
}
