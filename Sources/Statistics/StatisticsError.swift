import Tensors

/// Why a computation on data was refused.
public enum StatisticsError: Error, Equatable, Sendable, CustomStringConvertible {
  /// Data that must be a matrix, or have another width.
  case shape(what: String, expected: String, found: [Int])
  /// More clusters were asked for than there are points, or none.
  case clusterCount(Int, points: Int)
  /// A point holds NaN or an infinity.
  case notFinite(row: Int)
  /// Numbers so large or small that their squares are infinite or zero.
  case scale(largest: Double)
  /// All columns of a matrix are constant.
  case constant(what: String)
  /// Less of something than the method needs.
  case tooFew(what: String, count: Int, least: Int)
  /// More of something than the method can hold.
  case tooMany(what: String, count: Int, most: Int)
  /// A case in which the code released with a paper fails.
  case released(widths: [Int])
  /// A matrix that is not symmetric, or has a negative distance, or one to itself.
  case notDistances(row: Int, column: Int)
  /// The work was stopped from outside.
  case interrupted
  /// A matrix could not be decomposed.
  case decomposition(DecompositionError)

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
    case .scale(let largest):
      "the numbers go up to \(largest): their squares are too \(largest > 1 ? "large" : "small") for "
        + "float32; scale them"
    case .constant(let what):
      "all columns of \(what) are constant; there is nothing to compare"
    case .tooFew(let what, let count, let least):
      "\(count) \(what) are too few; give at least \(least)"
    case .tooMany(let what, let count, let most):
      "\(count) \(what) are too many; give at most \(most)"
    case .released(let widths):
      "the released code fails when the first view is the wider, here \(widths[0]) and "
        + "\(widths[1]) columns; exchange them"
    case .notDistances(let row, let column):
      "the numbers at \(row), \(column) are no distance; give a symmetric matrix of numbers from 0, "
        + "with zeros on the diagonal"
    case .interrupted: "stopped"
    case .decomposition(let error): error.description
    }
  }

  /// What `body` returns; its errors become errors of statistics.
  static func decomposing<Answer>(
    _ body: () throws(DecompositionError) -> Answer
  ) throws(StatisticsError) -> Answer {
    do throws(DecompositionError) {
      return try body()
    } catch {
      throw .decomposition(error)
    }
  }
}
