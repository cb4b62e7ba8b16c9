/// The correction of many p-values that bounds the share of false discoveries (Benjamini and Hochberg
/// 1995).
public enum BenjaminiHochberg {
  /// The least rate of false discoveries at which each would still be called one.
  ///
  /// NaN stays NaN and does not count as a test.
  public static func adjusted(_ p: [Double]) -> [Double] {
    let order = p.indices.filter { !p[$0].isNaN }.sorted { (p[$0], $0) < (p[$1], $1) }
    var adjusted = [Double](repeating: .nan, count: p.count)
    var least = 1.0
    for (rank, place) in order.enumerated().reversed() {
      least = min(least, p[place] * Double(order.count) / Double(rank + 1))
      adjusted[place] = least
    }
    return adjusted
  }

  /// Which of them are discoveries when at most the share `q` may be false.
  public static func discoveries(_ p: [Double], q: Double = 0.05) -> [Bool] {
    adjusted(p).map { $0 <= q }
  }
}
