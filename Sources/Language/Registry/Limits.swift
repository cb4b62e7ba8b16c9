/// The numbers that a parameter takes: the registry refuses all others, and help shows the words.
///
/// Whole numbers without limits of their own reach as far as every whole number is one, to 2⁵³ on
/// both sides, so that bodies can add and multiply them by small factors.
public struct Limits: Sendable, Hashable {
  private let least: Double
  private let most: Double
  private let holdsLeast: Bool
  private let holdsMost: Bool

  private init(_ least: Double, _ most: Double, holdsLeast: Bool = true, holdsMost: Bool = true) {
    self.least = least
    self.most = most
    self.holdsLeast = holdsLeast
    self.holdsMost = holdsMost
  }

  /// From a number, which belongs to them, to another, which does too; to any finite one without.
  public static func from(_ least: Double, to most: Double = .infinity) -> Limits {
    Limits(least, most, holdsMost: most.isFinite)
  }

  /// Above a number, which does not belong to them, up to another, which does.
  public static func above(_ least: Double, to most: Double = .infinity) -> Limits {
    Limits(least, most, holdsLeast: false, holdsMost: most.isFinite)
  }

  /// Between two numbers, neither of which belongs to them.
  public static func inside(_ least: Double, _ most: Double) -> Limits {
    Limits(least, most, holdsLeast: false, holdsMost: false)
  }

  /// From a number, which belongs to them, up to another, which does not.
  public static func from(_ least: Double, below most: Double) -> Limits {
    Limits(least, most, holdsMost: false)
  }

  /// Any number that is not infinite.
  public static let finite = Limits(
    -.infinity, .infinity, holdsLeast: false, holdsMost: false)

  /// All whole numbers whose neighbours can be told apart: from −2⁵³ to 2⁵³.
  public static let whole = Limits(-0x1p53, 0x1p53)

  /// Whether a number lies inside; NaN never does.
  public func contains(_ number: Double) -> Bool {
    (number > least || holdsLeast && number == least)
      && (number < most || holdsMost && number == most)
  }

  /// The limits in words that follow "must be": `1 or more`, `above 0 and at most 1`.
  public var words: String {
    if least == -.infinity { return most == .infinity ? "finite" : upper }
    let lower =
      holdsLeast ? NumberText.shortest(least) : "above \(NumberText.shortest(least))"
    if most == .infinity { return holdsLeast ? "\(lower) or more" : lower }
    if holdsLeast && holdsMost { return "from \(lower) to \(NumberText.shortest(most))" }
    return "\(holdsLeast ? "\(lower) or more" : lower) and \(upper)"
  }

  private var upper: String {
    "\(holdsMost ? "at most" : "below") \(NumberText.shortest(most))"
  }

  /// The first number of a value that lies outside: the value itself, one of a list, or an end of
  /// a range that is not empty.
  func offender(in value: Value) -> Double? {
    switch value {
    case .number(let number): contains(number) ? nil : number
    case .list(let list):
      list.lazy.compactMap { item in
        if case .number(let number) = item, !contains(number) { number } else { nil }
      }.first
    case .range(let range):
      range.count == 0
        ? nil : [range.start, range.end].map(Double.init).first { !contains($0) }
    default: nil
    }
  }
}
