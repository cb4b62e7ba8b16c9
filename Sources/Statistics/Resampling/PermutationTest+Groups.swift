import Tensors

extension PermutationTest {
  /// As `run`, but labels change places only within groups, so that what the groups differ in stays.
  ///
  /// - Parameters:
  ///   - groups: the group of each item.
  ///   - statistic: gets for each item the index of the item whose label it takes.
  public static func withinGroups(
    _ groups: [Int], permutations: Int = 1000, tail: Tail = .greater, seed: UInt64,
    statistic: ([Int]) -> Double
  ) -> PermutationResult {
    var random = SeededGenerator(seed: seed)
    var members: [Int: [Int]] = [:]
    for (item, group) in groups.enumerated() { members[group, default: []].append(item) }
    let order = members.keys.sorted()
    let identity = Array(groups.indices)
    let null = (0..<permutations).map { _ in
      var places = identity
      for group in order {
        let own = members[group] ?? []
        var drawn = own
        random.permute(&drawn)
        for (item, source) in zip(own, drawn) { places[item] = source }
      }
      return statistic(places)
    }
    return result(observed: statistic(identity), null: null, tail: tail)
  }
}
