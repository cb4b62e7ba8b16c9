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
  ///   - strata: What else the classes must not differ in, such as a range of lengths: each has
  ///     equally many members of every stratum. Of the most frequent classes, so many are taken as
  ///     make the sample largest. Nil for nothing.
  ///   - classes: The most classes.
  ///   - least: How often a class must occur to be taken.
  ///   - most: The most members of a class; there are as many as the rarest chosen class has, if that
  ///     is fewer.
  public init(
    _ labels: [Int?], strata: [Int]? = nil, classes: Int, least: Int, most: Int, seed: UInt64
  ) {
    var members: [Int: [Int]] = [:]
    for (place, label) in labels.enumerated() {
      if let label { members[label, default: []].append(place) }
    }
    var chosen = members.filter { $0.value.count >= max(least, 1) }
      .sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
    chosen = Array(chosen.prefix(classes))
    let cut = chosen.map { Dictionary(grouping: $0.value) { strata?[$0] ?? 0 } }
    var shares = chosen.isEmpty ? [:] : (cut.last ?? [:]).mapValues(\.count)
    if strata != nil {
      let best = Self.largest(cut, least: least, most: most)
      chosen = Array(chosen.prefix(best.classes))
      shares = best.shares
    }
    shares = Self.thinned(shares, to: most)
    var random = SeededGenerator(seed: seed)
    var places: [Int] = []
    for own in cut.prefix(chosen.count) {
      for (stratum, count) in shares.sorted(by: { $0.key < $1.key }) {
        places += (own[stratum] ?? []).shuffled(using: &random).prefix(count)
      }
    }
    self.places = places.sorted()
    self.classes = chosen.map(\.key)
    each = shares.values.reduce(0, +)
  }

  /// How many classes, from the first on, make the largest sample, and how many members of each
  /// stratum they all have.
  private static func largest(
    _ classes: [[Int: [Int]]], least: Int, most: Int
  ) -> (classes: Int, shares: [Int: Int]) {
    var shares = (classes.first ?? [:]).mapValues(\.count)
    var best = (classes: 0, shares: [Int: Int](), size: 0)
    for (index, own) in classes.enumerated() {
      for stratum in shares.keys {
        shares[stratum] = min(shares[stratum] ?? 0, own[stratum]?.count ?? 0)
      }
      let each = min(shares.values.reduce(0, +), most)
      if each < max(least, 1) { break }
      if (index + 1) * each >= best.size { best = (index + 1, shares, (index + 1) * each) }
    }
    return (best.classes, best.shares)
  }

  /// The same shares of `most` members, where they are more.
  private static func thinned(_ shares: [Int: Int], to most: Int) -> [Int: Int] {
    let total = shares.values.reduce(0, +)
    guard total > most else { return shares }
    var result: [Int: Int] = [:]
    var (seen, taken) = (0, 0)
    for (stratum, count) in shares.sorted(by: { $0.key < $1.key }) {
      seen += count
      result[stratum] = seen * most / total - taken
      taken = seen * most / total
    }
    return result
  }
}
