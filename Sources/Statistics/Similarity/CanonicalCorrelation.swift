import Tensors

/// How two views of the same occurrences are related (Hotelling 1936), and the similarities that
/// are formed of it: mean CCA, SVCCA (Raghu and others 2017) and PWCCA (Morcos and others 2018).
///
/// All are between 0 and 1, and unchanged by invertible linear maps of either view; a distance is 1
/// less the similarity.
public struct CanonicalCorrelation: Sendable {
  /// The correlations, the greatest first; as many as the lesser of the two ranks.
  public let correlations: [Double]
  /// How much of the first view each of its variates accounts for; they sum to 1.
  public let firstWeights: [Double]
  /// How much of the second view each of its variates accounts for.
  public let secondWeights: [Double]
  /// The ranks of the two views.
  public let ranks: (first: Int, second: Int)
  private let firstMap: Matrix
  private let secondMap: Matrix

  /// Relates two views.
  ///
  /// - Throws: `StatisticsError` when they have different numbers of rows.
  public init(_ first: RepresentationView, _ second: RepresentationView) throws(StatisticsError) {
    let shared = try Self.shared(first, second)
    let parts = try StatisticsError.decomposing { () throws(DecompositionError) in
      try shared.singularValueDecomposition()
    }
    correlations = parts.values.map { min(max($0, 0), 1) }
    // Variates are H = Qᵀ P, and X = Qᵀ R: what a variate shares with each column is PᵀR.
    firstWeights = Self.weights(parts.left.times(first.coefficients, transposed: true))
    secondWeights = Self.weights(parts.right.times(second.coefficients))
    ranks = (first.rank, second.rank)
    firstMap = parts.left
    secondMap = parts.right
  }

  /// The mean of the correlations of two views, for which no variates need be found.
  ///
  /// - Throws: as the initialiser.
  public static func mean(
    _ first: RepresentationView, _ second: RepresentationView
  ) throws(StatisticsError) -> Double {
    let shared = try shared(first, second)
    let values = try StatisticsError.decomposing { () throws(DecompositionError) in
      try shared.singularValues()
    }
    return values.reduce(0) { $0 + min(max($1, 0), 1) } / Double(values.count)
  }

  /// The inner products of the two views' directions.
  private static func shared(
    _ first: RepresentationView, _ second: RepresentationView
  ) throws(StatisticsError) -> Matrix {
    guard first.count == second.count else {
      throw .shape(
        what: "the second view", expected: "[\(first.count), width]",
        found: [second.count, second.width])
    }
    return first.basis.times(second.basis, otherTransposed: true)
  }

  /// The variates as rows of unit length, correlations × rows of the views, of the views that were
  /// related.
  func variates(
    _ first: RepresentationView, _ second: RepresentationView
  ) -> (first: Matrix, second: Matrix) {
    (firstMap.times(first.basis, transposed: true), secondMap.times(second.basis))
  }

  /// The mean of the correlations.
  public var mean: Double { correlations.reduce(0, +) / Double(correlations.count) }

  /// The mean of the correlations, weighted by what the first view's variates account for.
  public var weightedByFirst: Double { Self.weighted(correlations, firstWeights) }

  /// The mean of the correlations, weighted by what the second view's variates account for.
  public var weightedBySecond: Double { Self.weighted(correlations, secondWeights) }

  /// The mean of both weightings, which does not depend on the order of the views.
  public var weighted: Double { (weightedByFirst + weightedBySecond) / 2 }

  private static func weighted(_ correlations: [Double], _ weights: [Double]) -> Double {
    zip(correlations, weights).reduce(0) { $0 + $1.0 * $1.1 }
  }

  private static func weights(_ shared: Matrix) -> [Double] {
    let sums = (0..<shared.rows).map { shared.row($0).reduce(0) { $0 + abs($1) } }
    let total = sums.reduce(0, +)
    return sums.map { $0 / total }
  }
}
