import Tensors

/// Whether two measures rise together.
///
/// Pairs with a NaN are left out. A coefficient is NaN where fewer than two pairs are left, or one
/// of the measures is constant.
public enum RankCorrelation {
  /// Which coefficient.
  public enum Kind: String, Sendable, CaseIterable {
    /// Of the numbers as they are.
    case pearson
    /// Of the ranks.
    case spearman
    /// Of the order of all pairs, tau-b.
    case kendall
  }

  /// The coefficient of a kind.
  public static func coefficient(_ kind: Kind, _ x: [Double], _ y: [Double]) -> Double {
    switch kind {
    case .pearson: pearson(x, y)
    case .spearman: spearman(x, y)
    case .kendall: kendall(x, y)
    }
  }

  /// Pearson's coefficient.
  public static func pearson(_ x: [Double], _ y: [Double]) -> Double {
    let (x, y) = complete(x, y)
    guard x.count > 1 else { return .nan }
    let (meanX, meanY) = (x.reduce(0, +) / Double(x.count), y.reduce(0, +) / Double(y.count))
    var (both, squareX, squareY) = (0.0, 0.0, 0.0)
    for place in x.indices {
      let (a, b) = (x[place] - meanX, y[place] - meanY)
      both += a * b
      squareX += a * a
      squareY += b * b
    }
    guard squareX > 0, squareY > 0 else { return .nan }
    return min(max(both / (squareX * squareY).squareRoot(), -1), 1)
  }

  /// Spearman's coefficient: Pearson's of the ranks, ties at their mean.
  public static func spearman(_ x: [Double], _ y: [Double]) -> Double {
    let (x, y) = complete(x, y)
    return pearson(Ranks.of(x), Ranks.of(y))
  }

  /// Kendall's tau-b, which allows for ties on both sides, in O(n log n) (Knight 1966).
  public static func kendall(_ x: [Double], _ y: [Double]) -> Double {
    let (x, y) = complete(x, y)
    guard x.count > 1 else { return .nan }
    let order = x.indices.sorted { (x[$0], y[$0], $0) < (x[$1], y[$1], $1) }
    let (sortedX, sortedY) = (order.map { x[$0] }, order.map { y[$0] })
    let tiedBoth = tiedPairs(zip(sortedX, sortedY), by: ==)
    let tiedX = tiedPairs(sortedX, by: ==)
    var merged = sortedY
    let exchanges = sortCountingExchanges(&merged)
    let tiedY = tiedPairs(merged, by: ==)
    let pairs = Double(x.count) * Double(x.count - 1) / 2
    let (freeX, freeY) = (pairs - tiedX, pairs - tiedY)
    guard freeX > 0, freeY > 0 else { return .nan }
    // Pairs tied on neither side are in order or exchanged.
    let untied = pairs - tiedX - tiedY + tiedBoth
    return (untied - 2 * exchanges) / (freeX * freeY).squareRoot()
  }

  /// Spearman's coefficient with what the groups explain taken out: that of the ranks' differences
  /// from their group's mean rank, for "do they rise together inside a layer?".
  public static func partialSpearman(
    _ x: [Double], _ y: [Double], groups: [Int]
  ) -> Double {
    precondition(x.count == y.count && x.count == groups.count, "as many numbers on all sides")
    let kept = x.indices.filter { !x[$0].isNaN && !y[$0].isNaN }
    let groups = kept.map { groups[$0] }
    let left = withinGroups(Ranks.of(kept.map { x[$0] }), groups)
    let right = withinGroups(Ranks.of(kept.map { y[$0] }), groups)
    // What is left of ranks that are constant in each group is rounding.
    let least = 1e-9
    guard left.contains(where: { abs($0) > least }), right.contains(where: { abs($0) > least })
    else { return .nan }
    return pearson(left, right)
  }

  /// A coefficient with its permutation test: one side is put in random order.
  public static func test(
    _ kind: Kind, _ x: [Double], _ y: [Double], permutations: Int = 1000, seed: UInt64
  ) -> PermutationResult {
    let (x, y) = complete(x, y)
    let isRank = kind == .spearman
    let (left, right) = (isRank ? Ranks.of(x) : x, isRank ? Ranks.of(y) : y)
    return PermutationTest.run(
      count: x.count, permutations: permutations, tail: .either, seed: seed
    ) { places in
      coefficient(isRank ? .pearson : kind, left, places.map { right[$0] })
    }
  }

  private static func complete(_ x: [Double], _ y: [Double]) -> ([Double], [Double]) {
    precondition(x.count == y.count, "as many numbers on both sides")
    let kept = x.indices.filter { !x[$0].isNaN && !y[$0].isNaN }
    return kept.count == x.count ? (x, y) : (kept.map { x[$0] }, kept.map { y[$0] })
  }

  /// Numbers less the mean of those of their group.
  public static func withinGroups(_ numbers: [Double], _ groups: [Int]) -> [Double] {
    var sums: [Int: (sum: Double, count: Double)] = [:]
    for (number, group) in zip(numbers, groups) {
      let old = sums[group] ?? (0, 0)
      sums[group] = (old.sum + number, old.count + 1)
    }
    return zip(numbers, groups).map { number, group in
      sums[group].map { number - $0.sum / $0.count } ?? 0
    }
  }

  /// How many pairs of neighbours in order are equal.
  private static func tiedPairs<Element>(
    _ sorted: some Sequence<Element>, by equal: (Element, Element) -> Bool
  ) -> Double {
    var (pairs, run) = (0.0, 0.0)
    var last: Element?
    for element in sorted {
      run = last.map { equal($0, element) } == true ? run + 1 : 0
      pairs += run
      last = element
    }
    return pairs
  }

  /// Sorts by merging, and counts how many pairs stood the wrong way round.
  private static func sortCountingExchanges(_ numbers: inout [Double]) -> Double {
    var (exchanges, width) = (0.0, 1)
    var other = numbers
    while width < numbers.count {
      for start in stride(from: 0, to: numbers.count, by: 2 * width) {
        let middle = min(start + width, numbers.count)
        let end = min(start + 2 * width, numbers.count)
        var (left, right) = (start, middle)
        for place in start..<end {
          if left < middle, right == end || numbers[left] <= numbers[right] {
            other[place] = numbers[left]
            left += 1
          } else {
            exchanges += Double(middle - left)
            other[place] = numbers[right]
            right += 1
          }
        }
      }
      swap(&numbers, &other)
      width *= 2
    }
    return exchanges
  }
}
