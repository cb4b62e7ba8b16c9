import Foundation
import Language

/// A value as it is ordered: numbers by size, text by its scalars, the embedding's values by their
/// text with the numbers in it by size (so `L2` comes before `L10`).
enum SortValue: Sendable {
  case flag(Bool)
  case number(Double)
  case text(String)
  case natural(String)
  case list([SortValue])
  /// What has no place in an order: NaN and null. It comes last either way.
  case last

  /// The values ready for ordering.
  ///
  /// - Throws: `not-comparable` when two of them are of kinds that cannot be ordered together.
  static func all(_ values: [Value]) throws(Failure) -> [SortValue] {
    var keys: [SortValue] = []
    keys.reserveCapacity(values.count)
    for value in values {
      if keys.count & 0xFFF == 0, Interruption.isCurrentRequested { throw .interrupted }
      keys.append(try SortValue(value))
    }
    var first: (kind: Int, place: Int)?
    for (place, key) in keys.enumerated() {
      guard let kind = key.rank else { continue }
      if let first, first.kind != kind {
        throw Failure(
          "not-comparable",
          "\(values[first.place].kindWithArticle) and \(values[place].kindWithArticle) cannot be "
            + "put in order",
          help: "give a block that makes one kind of value of each: sort { … }")
      }
      first = first ?? (kind, place)
    }
    return keys
  }

  private init(_ value: Value) throws(Failure) {
    switch value {
    case .null: self = .last
    case .bool(let flag): self = .flag(flag)
    case .number(let number): self = number.isNaN ? .last : .number(number)
    case .string(let text): self = .text(text)
    case .list(let list):
      self = .list(try list.map { element throws(Failure) in try SortValue(element) })
    case .host(let host): self = .natural(host.description)
    default:
      throw Failure(
        "not-comparable", "\(value.kindWithArticle) has no place in an order",
        help: "give a block that makes a number or a string of each: sort { … }")
    }
  }

  /// A number for the kind; only one kind can be ordered.
  private var rank: Int? {
    switch self {
    case .flag: 0
    case .number: 1
    case .text: 2
    case .natural: 3
    case .list: 4
    case .last: nil
    }
  }

  private static let locale = Locale(identifier: "en_US_POSIX")

  /// Whether this has no place in the order.
  var isLast: Bool { rank == nil }

  /// Whether this comes before, with or after another of the same kind.
  func order(_ other: SortValue) -> ComparisonResult {
    switch (self, other) {
    case (.flag(let a), .flag(let b)): Self.order(a ? 1 : 0, b ? 1 : 0)
    case (.number(let a), .number(let b)): Self.order(a, b)
    case (.text(let a), .text(let b)): Self.order(a, b)
    case (.natural(let a), .natural(let b)):
      a.compare(b, options: [.numeric, .literal], locale: Self.locale)
    case (.list(let a), .list(let b)): Self.order(a, b)
    default: Self.order(rank ?? .max, other.rank ?? .max)
    }
  }

  private static func order<T: Comparable>(_ a: T, _ b: T) -> ComparisonResult {
    a < b ? .orderedAscending : b < a ? .orderedDescending : .orderedSame
  }

  private static func order(_ a: [SortValue], _ b: [SortValue]) -> ComparisonResult {
    for (left, right) in zip(a, b) {
      let order = left.order(right)
      if order != .orderedSame { return order }
    }
    return order(a.count, b.count)
  }
}
