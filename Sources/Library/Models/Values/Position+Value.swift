import Language
import Transformers

extension PositionSelector: HostValue, Argument {
  /// What messages call it.
  public static var kind: String { "position" }
  /// What messages call it.
  public var kind: String { Self.kind }

  /// A position.
  ///
  /// - Throws: A failure that shows how a position is written, for a number.
  public static func from(_ value: Value) throws(Failure) -> PositionSelector? {
    switch value {
    case .host(let host): return host as? PositionSelector
    case .number(let number):
      let text = NumberText.shortest(number)
      throw Failure(
        "wrong-type", "a position is written with an @, not as the number \(text)",
        help: "write @\(text), or @(x) for the number that x holds")
    default: return nil
    }
  }

  /// Whether both name the same tokens in every prompt.
  public func isEqual(to other: any HostValue) -> Bool { other as? PositionSelector == self }

  /// Its parts.
  public var fieldNames: [String] { ["index", "text"] }

  /// The number of a single position, or the text that names it; null where it has none.
  public func field(_ name: String) throws(Failure) -> Value? {
    switch (name, self) {
    case ("index", .indices(let places)): return places.count == 1 ? .int(places[0]) : .null
    case ("text", .text(let text)): return .string(text)
    case ("index", _), ("text", _): return .null
    default: return nil
    }
  }

  /// The position so many tokens further on, or back: `q + 1`, `q - 1`.
  ///
  /// A position that is counted from one end of the prompt never becomes one from the other.
  public func combined(
    _ symbol: String, with other: Value, isReversed: Bool
  ) throws(Failure) -> Value? {
    guard symbol == "+" || symbol == "-" && !isReversed, let steps = Int.from(other) else {
      return nil
    }
    return .host(try shifted(by: symbol == "+" ? steps : -steps))
  }

  private func shifted(by steps: Int) throws(Failure) -> PositionSelector {
    func moved(_ index: Int) throws(Failure) -> Int {
      let (place, overflow) = index.addingReportingOverflow(steps)
      guard !overflow, (index < 0) == (place < 0) else {
        throw Failure(
          "position-out-of-range",
          index < 0
            ? "\(steps) after @\(index) lies behind the last token"
            : "\(-steps) before @\(index) lies before the first token")
      }
      return place
    }
    switch self {
    case .indices(let indices):
      return .indices(try indices.map { index throws(Failure) in try moved(index) })
    case .range(let first, let last):
      return .range(
        try first.map { index throws(Failure) in try moved(index) },
        try last.map { index throws(Failure) in try moved(index) })
    case .text(let text): return steps == 0 ? self : .beside(text, steps)
    case .beside(let text, let before):
      let (sum, overflow) = before.addingReportingOverflow(steps)
      if overflow { throw Failure("position-out-of-range", "the prompt ends before that") }
      return sum == 0 ? .text(text) : .beside(text, sum)
    case .all: throw Failure("wrong-type", "@* is every token, and cannot be moved")
    }
  }

  /// The positions that values name together.
  static func joined(_ values: [Value]) throws(Failure) -> PositionSelector {
    if values.count == 1, case .host(let host as PositionSelector)? = values.first { return host }
    var indices: [Int] = []
    for value in values {
      switch value {
      case .host(let host as PositionSelector):
        if case .indices(let places) = host {
          indices += places
          continue
        }
        guard case .range(let first?, let last?) = host, first <= last, last - first < 1 << 20
        else {
          throw Failure(
            "wrong-type", "\(host) cannot be joined with other positions",
            help: "counted positions can, such as @{2, 5} or @(q)")
        }
        indices += Array(first...last)
      default:
        guard let index = Int.from(value) else {
          throw Failure(
            "wrong-type",
            "a position is made of numbers and positions, not of \(value.kindWithArticle)")
        }
        indices.append(index)
      }
    }
    return .indices(indices)
  }
}
