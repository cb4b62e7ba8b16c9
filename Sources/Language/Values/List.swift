/// Values in order: an array that knows how deeply it nests.
public struct List: Sendable, RandomAccessCollection, ExpressibleByArrayLiteral {
  /// The elements.
  public let elements: [Value]
  /// The nesting, 1 for a list of plain values.
  public let depth: Int

  /// Makes a list.
  public init(_ elements: [Value]) {
    self.elements = elements
    depth = 1 + Self.depth(of: elements)
  }

  /// The deepest nesting among values; of those looked at, when the run was asked to stop.
  static func depth(of values: [Value]) -> Int {
    var depth = 0
    for (place, value) in values.enumerated() {
      if place & 0xFFFF == 0xFFFF, Interruption.isCurrentRequested { break }
      depth = Swift.max(depth, value.depth)
    }
    return depth
  }

  /// Makes a list of numbers.
  public init(_ numbers: [Double]) {
    elements = numbers.map { .number($0) }
    depth = 1
  }

  /// Makes a list from a literal.
  public init(arrayLiteral elements: Value...) { self.init(elements) }

  /// The first place.
  public var startIndex: Int { 0 }
  /// The place behind the last.
  public var endIndex: Int { elements.count }
  /// The element at a place.
  public subscript(position: Int) -> Value { elements[position] }
}
