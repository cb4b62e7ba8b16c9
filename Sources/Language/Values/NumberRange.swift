/// Whole numbers from one to another, both included; empty when the end lies below the start.
///
/// As an index a negative end counts from the last element: `0..-1` is everything.
public struct NumberRange: Sendable, Hashable {
  /// The first number.
  public let start: Int
  /// The last number.
  public let end: Int

  /// Makes a range.
  public init(_ start: Int, _ end: Int) {
    self.start = start
    self.end = end
  }

  /// How many numbers it holds.
  public var count: Int {
    if end < start { return 0 }
    let (width, overflow) = end.subtractingReportingOverflow(start)
    return overflow || width == Int.max ? Int.max : width + 1
  }

  /// Whether a number is one of them.
  public func contains(_ number: Double) -> Bool {
    number >= Double(start) && number <= Double(end) && number == number.rounded()
  }

  /// The places that the range picks of `count` elements, negative ends counted from the back;
  /// nil when an end lies outside.
  public func places(in count: Int) -> Range<Int>? {
    let first = start < 0 ? start + count : start
    let last = end < 0 ? end + count : end
    if first >= 0, last == first - 1, first <= count { return first..<first }
    guard first >= 0, last >= first, last < count else { return nil }
    return first..<(last + 1)
  }

  /// The numbers one by one, as a list holds them.
  ///
  /// Fails when there are more than ten million.
  public func numbers() throws(Failure) -> [Value] {
    guard count <= 10_000_000 else {
      throw Failure(
        "too-large", "the range has more numbers than a list can have",
        help: "`for` goes through a range of any length")
    }
    return (0..<count).map { .int(start + $0) }
  }
}
