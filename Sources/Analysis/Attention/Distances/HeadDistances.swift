import Statistics
import Tensors

/// How differently heads look at the same tokens: the Jensen–Shannon divergence of their attention,
/// averaged over queries (Clark et al., 2019, who add it up).
public struct HeadDistances: Sendable {
  /// The share of each row that is spread evenly before it is compared.
  public static let smoothing = 0.001

  /// The heads.
  public let heads: HeadSelection
  /// What becomes of special tokens.
  public let special: SpecialTokenRule
  /// Whether the square root of each mean is taken, which makes a metric of it.
  public let isRoot: Bool
  /// Whether divergences are added up over queries instead of averaged, as in the code of Clark et al.
  public let isSum: Bool
  /// Within each row, the mean distance of heads of one layer and of heads of two: two columns.
  public private(set) var layers: RowSums
  private var sums: [Double]
  private var queries = 0.0
  /// How many rows were left out because a pattern was no number.
  public private(set) var skipped = 0

  /// Nothing yet, of so many rows.
  public init(
    rows: Int, heads: HeadSelection, special: SpecialTokenRule = .keep, isRoot: Bool = false,
    isSum: Bool = false
  ) {
    self.heads = heads
    self.special = special
    self.isRoot = isRoot
    self.isSum = isSum
    layers = RowSums(rows: rows, columns: 2)
    sums = [Double](repeating: 0, count: heads.count * heads.count)
  }

  /// Adds a row.
  ///
  /// Queries that see a single key do not count: all heads agree there.
  public mutating func add(_ row: AttentionRow) {
    let frame = row.frame(special)
    let count = frame.supports.count { $0.count > 1 }
    guard count > 0 else { return }
    // Heads can be compared only where all of them give something to the keys that are kept.
    let maps = (0..<heads.count).map { frame.view(of: row.pattern($0)).rows }
    guard maps.allSatisfy({ $0.elements.allSatisfy(\.isFinite) }) else {
      skipped += 1
      return
    }
    let found = JensenShannon.sums(
      Tensor<Double>(
        [.head, .query, .key], [heads.count, frame.queries.count, frame.keys.count],
        maps.flatMap(\.elements)),
      smoothing: Self.smoothing, legalKeys: frame.supports.map(\.upperBound))
    queries += Double(count)
    for (one, first) in heads.heads.enumerated() {
      for (other, second) in heads.heads.enumerated() {
        let distance = found[one, other]
        sums[one * heads.count + other] += distance
        if other > one {
          layers.add(
            distance / Double(count), weight: Double(count), row: row.index,
            column: first.layer == second.layer ? 0 : 1)
        }
      }
    }
  }

  /// The mean distance of two heads; NaN where there is none.
  public var meanDistance: Double {
    let matrix = matrix
    let pairs = matrix.indices.flatMap { one in matrix[one].prefix(one) }
    return pairs.reduce(0, +) / Double(pairs.count)
  }

  /// The mean distances, head by head.
  public var matrix: [[Double]] {
    (0..<heads.count).map { one in
      (0..<heads.count).map { other in
        let mean =
          queries == 0 ? .nan : sums[one * heads.count + other] / (isSum ? 1 : queries)
        return isRoot ? mean.squareRoot() : mean
      }
    }
  }
}
