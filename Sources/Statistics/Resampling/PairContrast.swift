import Tensors

/// Whether items of one group are more alike than items of different groups, by the means of all
/// pairs.
///
/// Pairs lie within a block, such as the occurrences of one word; blocks are added up. Intervals draw
/// units again (sentences, say, which may hold several items); an item is never paired with itself,
/// however often it is drawn. The null exchanges the groups of the items of each block.
public struct PairContrast: Sendable {
  /// Some items that are compared with each other.
  public struct Block: Sendable {
    /// How alike two items are, items × items, symmetric.
    public var similarities: Matrix
    /// The group of each item.
    public var groups: [Int]
    /// The unit of each item, from 0 on.
    public var units: [Int]

    /// A block from its parts.
    public init(similarities: Matrix, groups: [Int], units: [Int]) {
      self.similarities = similarities
      self.groups = groups
      self.units = units
    }
  }

  /// The mean over pairs of the same group, and over pairs of different groups; NaN without any.
  public let within: Double, between: Double
  /// The first less the second, with its interval over units.
  public let difference: Estimate
  /// The same against exchanged groups, one-sided: items of a group are more alike.
  ///
  /// It has no p for fewer than `PermutationTest.leastUnits` units, whose items hang together.
  public let test: PermutationResult

  /// Sums over pairs: of the same group, how many of them, and the same of different groups.
  private struct Sums {
    var within = 0.0, withinCount = 0.0, between = 0.0, betweenCount = 0.0

    var means: (within: Double, between: Double) {
      (
        withinCount < 1e-12 ? .nan : within / withinCount,
        betweenCount < 1e-12 ? .nan : between / betweenCount
      )
    }

    var difference: Double { means.within - means.between }
  }

  /// The contrast over blocks.
  ///
  /// - Parameter units: How many units there are over all blocks.
  public init(
    _ blocks: [Block], units: Int, resamples: Int = Bootstrap.resamples, permutations: Int = 1000,
    seed: UInt64
  ) {
    var whole = [Sums()]
    var drawn = [Sums](repeating: Sums(), count: resamples)
    var left = [Sums](repeating: Sums(), count: units)
    var exchanged = [Sums](repeating: Sums(), count: permutations)
    let counts = Bootstrap.counts(units: units, resamples: resamples, seed: seed)
    var random = SeededGenerator(seed: seed, name: "exchanged groups")
    for block in blocks {
      let size = block.groups.count
      let same = (0..<permutations).map { _ in random.permutation(size) }
      Self.add(
        block, weights: Matrix(rows: 1, columns: size, [Double](repeating: 1, count: size)),
        groups: [block.groups], to: &whole)
      var weights = Matrix(zeros: resamples, size)
      for resample in 0..<resamples {
        for item in 0..<size { weights[resample, item] = counts[resample, block.units[item]] }
      }
      Self.add(block, weights: weights, groups: [block.groups], to: &drawn)
      var others = Matrix(zeros: units, size)
      for unit in 0..<units where units < Bootstrap.leastResampled {
        for item in 0..<size { others[unit, item] = block.units[item] == unit ? 0 : 1 }
      }
      Self.add(block, weights: others, groups: [block.groups], to: &left)
      Self.add(
        block,
        weights: Matrix(
          rows: permutations, columns: size,
          [Double](repeating: 1, count: permutations * size)),
        groups: same.map { places in places.map { block.groups[$0] } }, to: &exchanged)
    }
    (within, between) = whole[0].means
    let value = whole[0].difference
    difference = Estimate(
      value: value, units: units, resampled: drawn.map(\.difference),
      withoutEach: left.map(\.difference), level: 0.95)
    let result = PermutationTest.result(observed: value, null: exchanged.map(\.difference))
    test = units < PermutationTest.leastUnits ? result.withoutP : result
  }

  /// Adds a block's pairs for each row of weights; `groups` has one list for each row, or one for all.
  private static func add(
    _ block: Block, weights: Matrix, groups: [[Int]], to sums: inout [Sums]
  ) {
    let (rows, size) = (weights.rows, weights.columns)
    let all = pairs(block.similarities, weights)
    var within = [(sum: Double, count: Double)](repeating: (0, 0), count: rows)
    for group in Set(block.groups) {
      var own = weights
      for row in 0..<rows {
        let labels = groups.count == 1 ? groups[0] : groups[row]
        for item in 0..<size where labels[item] != group { own.elements[row * size + item] = 0 }
      }
      for (row, pair) in pairs(block.similarities, own).enumerated() {
        within[row].sum += pair.sum
        within[row].count += pair.count
      }
    }
    for row in 0..<rows {
      sums[row].within += within[row].sum
      sums[row].withinCount += within[row].count
      sums[row].between += all[row].sum - within[row].sum
      sums[row].betweenCount += all[row].count - within[row].count
    }
  }

  /// Σ wᵢ wⱼ cᵢⱼ and Σ wᵢ wⱼ over pairs of different items, for each row of weights.
  private static func pairs(_ similarities: Matrix, _ weights: Matrix)
    -> [(sum: Double, count: Double)]
  {
    let products = weights.times(similarities)
    let size = weights.columns
    return (0..<weights.rows).map { row in
      var (sum, total, squares) = (0.0, 0.0, 0.0)
      for item in 0..<size {
        let weight = weights.elements[row * size + item]
        sum += products.elements[row * size + item] * weight
        sum -= weight * weight * similarities.elements[item * size + item]
        total += weight
        squares += weight * weight
      }
      return (sum, total * total - squares)
    }
  }
}
