import Foundation

extension Information {
  /// ln p(x, y) / p(x) p(y) of each pair of labels, in nats, with the shares that the pairs have.
  ///
  /// A pair that comes together less often than chance has a negative one; their mean, which is the
  /// mutual information, is never negative. They are also what each pair adds to it at the margin,
  /// so that its interval comes from their sums.
  ///
  /// - Throws: `StatisticsError` when there are more labels of one kind.
  public static func pointwise(_ first: [Int], _ second: [Int]) throws(StatisticsError) -> [Double]
  {
    guard first.count == second.count else {
      throw .shape(
        what: "the second labels", expected: "[\(first.count)]", found: [second.count])
    }
    var firsts: [Int: Int] = [:]
    var seconds: [Int: Int] = [:]
    var pairs: [Pair: Int] = [:]
    for (x, y) in zip(first, second) {
      firsts[x, default: 0] += 1
      seconds[y, default: 0] += 1
      pairs[Pair(x: x, y: y), default: 0] += 1
    }
    let total = Double(first.count)
    return zip(first, second).map { x, y in
      let together = Double(pairs[Pair(x: x, y: y)] ?? 0)
      return log(together * total / (Double(firsts[x] ?? 0) * Double(seconds[y] ?? 0)))
    }
  }

  private struct Pair: Hashable {
    var x: Int
    var y: Int
  }
}
