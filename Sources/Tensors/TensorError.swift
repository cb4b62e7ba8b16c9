/// Why an operation on tensors was refused.
///
/// Nothing was changed when one is thrown.
public enum TensorError: Error, Equatable, Sendable, CustomStringConvertible {
  /// Two shapes that had to agree do not.
  case shapeMismatch(operation: String, expected: [Int], found: [Int])
  /// A tensor has another number of axes than the operation needs.
  case rankMismatch(operation: String, expected: Int, found: Int)
  /// An index lies outside of its axis.
  case indexOutOfRange(axis: Axis, index: Int, count: Int)
  /// A range lies outside of its axis.
  case rangeOutOfRange(axis: Axis, range: Range<Int>, count: Int)

  /// One line: what, where, and the valid choice.
  public var description: String {
    switch self {
    case .shapeMismatch(let operation, let expected, let found):
      "\(operation) needs the shape \(expected), but was given \(found)"
    case .rankMismatch(let operation, let expected, let found):
      "\(operation) needs \(expected) axes, but was given \(found)"
    case .indexOutOfRange(let axis, let index, let count):
      count == 0
        ? "index \(index) on the axis `\(axis)`, which is empty"
        : "index \(index) on the axis `\(axis)`, which runs from 0 to \(count - 1)"
    case .rangeOutOfRange(let axis, let range, let count):
      "the range \(range.lowerBound)..<\(range.upperBound) on the axis `\(axis)`, which has \(count) entries"
    }
  }
}
