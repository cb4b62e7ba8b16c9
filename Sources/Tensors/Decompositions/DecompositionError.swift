/// Why a matrix could not be decomposed.
public enum DecompositionError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The matrix holds NaN or an infinity.
  case notFinite(row: Int)
  /// The matrix is too large for LAPACK's index type.
  case tooLarge(rows: Int, columns: Int)
  /// The iteration did not come to an end.
  case notConverged

  /// One line: what, where, and the valid choice.
  public var description: String {
    switch self {
    case .notFinite(let row):
      "row \(row) of the matrix holds a number that is not finite; leave it out"
    case .tooLarge(let rows, let columns):
      "a matrix of \(rows) × \(columns) numbers is too large to decompose; take fewer rows"
    case .notConverged:
      "the decomposition of the matrix did not converge; look for extreme numbers in it"
    }
  }
}
