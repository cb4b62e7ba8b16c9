import Tensors

/// How several rankings agree with a reference, unit by unit: the mean over units, such as sentences,
/// of Spearman's coefficient within each, and what it would be if the reference were in random order.
///
/// A unit in which a ranking or the reference is constant has no coefficient of it and is left out
/// there.
public struct RankAgreement: Sendable {
  /// How many rankings there are.
  public let rankings: Int
  /// The coefficients, unit by unit; NaN where there is none.
  public private(set) var coefficients: [[Double]] = []
  /// For each ranking and each permutation the sum over units.
  private var nullSums: Matrix
  private var random: SeededGenerator
  private let seed: UInt64

  /// Nothing yet, of so many rankings.
  public init(rankings: Int, permutations: Int = 1000, seed: UInt64) {
    self.rankings = rankings
    self.seed = seed
    nullSums = Matrix(zeros: rankings, permutations)
    random = SeededGenerator(seed: seed, name: "order of a reference")
  }

  /// Adds a unit: what each ranking gives its items, and what the reference gives them.
  public mutating func add(_ unit: [[Double]], reference: [Double]) {
    precondition(unit.count == rankings, "one ranking for each")
    coefficients.append(unit.map { RankCorrelation.spearman($0, reference) })
    let ranks = Self.standardised(Ranks.of(reference))
    let permutations = nullSums.columns
    var orders = Matrix(zeros: reference.count, permutations)
    for permutation in 0..<permutations {
      for (row, place) in random.permutation(reference.count).enumerated() {
        orders[row, permutation] = ranks[place]
      }
    }
    let own = Matrix(
      rows: rankings, columns: reference.count,
      unit.flatMap { Self.standardised(Ranks.of($0)) })
    let null = own.times(orders)
    for ranking in 0..<rankings where !coefficients[coefficients.count - 1][ranking].isNaN {
      for permutation in 0..<permutations {
        nullSums[ranking, permutation] += null[ranking, permutation]
      }
    }
  }

  /// The mean coefficient of a ranking, with its interval over units.
  public func mean(_ ranking: Int) -> Estimate {
    Bootstrap.mean(coefficients.map { $0[ranking] }, seed: seed).within(-1...1)
  }

  /// By how much the mean of one ranking is ahead of that of another, over units that have both.
  public func lead(of ranking: Int, over other: Int) -> Estimate {
    Bootstrap.mean(coefficients.map { $0[ranking] - $0[other] }, seed: seed)
  }

  /// Whether the mean is as far from zero with the reference in random order.
  public func test(_ ranking: Int) -> PermutationResult {
    let kept = coefficients.map { $0[ranking] }.filter { !$0.isNaN }
    let count = Double(kept.count)
    return PermutationTest.result(
      observed: kept.reduce(0, +) / count,
      null: (0..<nullSums.columns).map { nullSums[ranking, $0] / count }, tail: .either)
  }

  /// Numbers with mean 0 and length 1; zeros where all are equal.
  private static func standardised(_ numbers: [Double]) -> [Double] {
    let mean = numbers.reduce(0, +) / Double(max(numbers.count, 1))
    let length = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }.squareRoot()
    return numbers.map { length > 0 ? ($0 - mean) / length : 0 }
  }
}
