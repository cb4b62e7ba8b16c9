import Tensors

/// Equally many members of each of the most frequent classes, drawn without replacement.
///
/// Unequal classes would be told apart by how often they occur: a measure of the vectors would
/// become one of the corpus.
public struct EqualSample: Sendable {
  /// The places of the members that were drawn, in ascending order.
  public let places: [Int]
  /// The classes, the most frequent first.
  public let classes: [Int]
  /// How many members each class has in the sample.
  public let each: Int

  /// Draws from members with classes.
  ///
  /// - Parameters:
  ///   - labels: The class of each member; nil for one that has none.
  ///   - classes: The most classes.
  ///   - least: How often a class must occur to be taken.
  ///   - most: The most members of a class; there are as many as the rarest chosen class has, if that
  ///     is fewer.
  public init(
    _ labels: [Int?], classes: Int, least: Int, most: Int, seed: UInt64
  ) {
    var members: [Int: [Int]] = [:]
    for (place, label) in labels.enumerated() {
      if let label { members[label, default: []].append(place) }
    }
    let chosen = members.filter { $0.value.count >= max(least, 1) }
      .sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }.prefix(classes)
    let each = min(most, chosen.last?.value.count ?? 0)
    var random = SeededGenerator(seed: seed)
    var places: [Int] = []
    for (_, all) in chosen { places += all.shuffled(using: &random).prefix(each) }
    self.places = places.sorted()
    self.classes = chosen.map(\.key)
    self.each = each
  }
}
