import Tensors

/// A sample in two parts: one to learn from, and one that is held out.
public struct HoldOut: Sendable {
  /// The places of the items to learn from, ascending.
  public let train: [Int]
  /// The places of the items that are held out, ascending.
  public let test: [Int]

  /// Draws which items are held out; those of one group, such as equal texts or the tokens of a
  /// sentence, stay together.
  ///
  /// - Parameters:
  ///   - groups: the group of each item.
  ///   - share: the share of the groups that is held out, above 0 and below 1; at least one is held
  ///     out, and at least one is not.
  ///   - seed: what they are drawn from. The same items give the same parts.
  /// - Throws: `StatisticsError.tooFew` for fewer than two groups.
  public init<Group: Hashable>(
    groups: [Group], share: Double, seed: UInt64
  ) throws(StatisticsError) {
    // Groups are numbered as they come, so that the parts do not depend on hashes.
    var numbers: [Group: Int] = [:]
    let own = groups.map { group in
      let number = numbers[group] ?? numbers.count
      numbers[group] = number
      return number
    }
    guard numbers.count > 1 else {
      throw .tooFew(what: "different items to part", count: numbers.count, least: 2)
    }
    let wanted = (share * Double(numbers.count)).rounded()
    let count = min(max(wanted.isFinite ? Int(wanted) : 1, 1), numbers.count - 1)
    var random = SeededGenerator(seed: seed, name: "held out")
    let held = Set(random.sample(count, of: numbers.count))
    train = own.indices.filter { !held.contains(own[$0]) }
    test = own.indices.filter { held.contains(own[$0]) }
  }
}
