/// One thing that must hold, and how well it does.
public struct CheckResult: Sendable, Hashable {
  /// What was checked, such as `cached equals uncached`.
  public var name: String
  /// What was measured: the largest difference, in the units of `measure`.
  public var measured: Double
  /// The largest value that is fine.
  public var limit: Double
  /// What the two numbers count.
  public var measure: Measure

  /// What a check measures.
  public enum Measure: String, Sendable, Hashable {
    /// The largest absolute difference.
    case absolute
    /// The largest difference, relative to the largest number.
    case relative
    /// How many numbers differ in any bit.
    case count
  }

  /// A result from its parts.
  public init(_ name: String, _ measured: Double, limit: Double, _ measure: Measure) {
    self.name = name
    self.measured = measured
    self.limit = limit
    self.measure = measure
  }

  /// Whether it holds; what is not a number does not.
  public var isOK: Bool { measured <= limit }
}
