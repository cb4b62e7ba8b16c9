/// Why images could not be worked on.
public enum ImageError: Error, Equatable, Sendable, CustomStringConvertible {
  /// A tensor has another shape than is needed.
  case shape(what: String, expected: String, found: [Int])
  /// There is nothing to lay out or learn from.
  case noImages
  /// A code that a codebook does not have.
  case code(Int, count: Int)

  /// One line: what, and the valid choice.
  public var description: String {
    switch self {
    case .shape(let what, let expected, let found):
      "\(what) has the shape \(expected), but \(found) was given"
    case .noImages: "there are no images; give at least one"
    case .code(let code, let count):
      "the codebook has no code \(code); codes run from 0 to \(count - 1)"
    }
  }
}
