/// Which layers, heads, groups or neurons an address names: `*`, `3`, `2..4` or `{0,3,5}`.
public enum IndexSelector: Hashable, Sendable, CustomStringConvertible {
  /// Every one that the model has.
  case all
  /// From the first to the last, both in.
  case range(Int, Int)
  /// These, in rising order, without repeats; a single index is a list of one.
  case list([Int])

  /// One index.
  public static func one(_ index: Int) -> IndexSelector { .list([index]) }

  /// Any indices: sorted, repeats dropped, and as a range where they follow each other.
  public init(_ indices: [Int]) {
    let sorted = Set(indices).sorted()
    if sorted.count > 2, let first = sorted.first, let last = sorted.last,
      last - first == sorted.count - 1
    {
      self = .range(first, last)
    } else {
      self = .list(sorted)
    }
  }

  /// The indices named among `count`, or nil when one of them is not there.
  public func resolve(count: Int) -> [Int]? {
    switch self {
    case .all: return Array(0..<count)
    case .range(let first, let last):
      guard first >= 0, first <= last, last < count else { return nil }
      return Array(first...last)
    case .list(let indices):
      guard indices.allSatisfy({ (0..<count).contains($0) }) else { return nil }
      return indices
    }
  }

  /// The single index, where there is exactly one and it is written as one.
  public var single: Int? {
    if case .list(let indices) = self, indices.count == 1 { return indices.first }
    return nil
  }

  /// The text for people.
  public var description: String {
    switch self {
    case .all: "*"
    case .range(let first, let last): "\(first)..\(last)"
    case .list(let indices):
      indices.count == 1
        ? "\(indices[0])" : "{" + indices.map(String.init).joined(separator: ",") + "}"
    }
  }
}
