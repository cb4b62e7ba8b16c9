import Foundation

/// How queries and keys are rotated by their positions.
public struct RotaryDescription: Sendable, Hashable {
  /// How many of a head's coordinates are rotated.
  public var width: Int
  /// One angle for each pair of coordinates, in radians a position.
  public var inverseFrequencies: [Double]
  /// What sines and cosines are multiplied by.
  public var attentionScale: Double
  /// Whether pairs are neighbours (GPT-J) or half a width apart (Llama).
  public var isInterleaved: Bool
  /// How the angles change with the length of the row.
  public var growth: Growth

  /// How the angles of a rotation change with the length of the row that is turned.
  public enum Growth: Sendable, Hashable {
    /// Not at all.
    case none
    /// Rows of more tokens turn by other angles, at every position.
    case longer(than: Int, inverseFrequencies: [Double])
    /// In rows beyond the trained length the base of the frequencies grows with the length.
    case dynamic(base: Double, factor: Double, trained: Int)
  }

  /// A description from its parts.
  public init(
    width: Int, inverseFrequencies: [Double], attentionScale: Double = 1,
    isInterleaved: Bool = false, growth: Growth = .none
  ) {
    self.width = width
    self.inverseFrequencies = inverseFrequencies
    self.attentionScale = attentionScale
    self.isInterleaved = isInterleaved
    self.growth = growth
  }

  /// The rotation in a row of so many tokens, which no length changes any more.
  public func fitted(to length: Int) -> RotaryDescription {
    var fitted = self
    fitted.growth = .none
    switch growth {
    case .none: break
    case .longer(let limit, let frequencies):
      if length > limit { fitted.inverseFrequencies = frequencies }
    case .dynamic(let base, let factor, let trained):
      guard length > trained else { break }
      let stretch = factor * Double(length) / Double(trained) - (factor - 1)
      let grown = base * pow(stretch, Double(width) / Double(width - 2))
      fitted.inverseFrequencies = Self.frequencies(base: grown, width: width)
    }
    return fitted
  }

  /// Whether rows can be too long: where the base grows with them, the trained length is none.
  var hasLimit: Bool {
    if case .dynamic = growth { return false }
    return true
  }

  /// Whether a row that grows from one length to another turns by other angles then.
  public func changes(from length: Int, to other: Int) -> Bool {
    growth != .none && fitted(to: length) != fitted(to: other)
  }

  /// The frequencies of the first rotary positions (Su and others, 2021): a geometric row from 1 down
  /// to almost 1 / base.
  static func frequencies(base: Double, width: Int) -> [Double] {
    (0..<width / 2).map { 1 / pow(base, Double(2 * $0) / Double(width)) }
  }
}
