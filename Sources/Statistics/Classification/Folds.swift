import Tensors

/// Parts of a sample, each of which is held out once.
public struct Folds: Sendable {
  /// The part of each item.
  public let assignments: [Int]
  /// How many parts there are.
  public let count: Int

  /// Parts that have every label in the same shares, as far as that is possible.
  ///
  /// - Parameter count: how many parts; no more than items.
  public init(labels: [Int], count: Int = 5, seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var order = Array(labels.indices)
    random.permute(&order)
    // Stable, so that the order inside a label stays random.
    order = order.enumerated().sorted {
      (labels[$0.element], $0.offset) < (labels[$1.element], $1.offset)
    }
    .map(\.element)
    let parts = max(min(count, labels.count), 1)
    var assignments = [Int](repeating: 0, count: labels.count)
    for (place, item) in order.enumerated() { assignments[item] = place % parts }
    self.assignments = assignments
    self.count = parts
  }

  /// Parts that keep items of one group, such as the tokens of a sentence, together.
  public init(groups: [Int], count: Int = 5, seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var names = Array(Set(groups)).sorted()
    random.permute(&names)
    let parts = max(min(count, names.count), 1)
    let part = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0 % parts) })
    assignments = groups.map { part[$0] ?? 0 }
    self.count = parts
  }

  /// The items of a part.
  public func held(_ part: Int) -> [Int] { assignments.indices.filter { assignments[$0] == part } }

  /// The items of all other parts.
  public func rest(_ part: Int) -> [Int] { assignments.indices.filter { assignments[$0] != part } }
}
