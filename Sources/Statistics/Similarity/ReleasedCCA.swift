import Tensors

/// The numbers that the code released with SVCCA and PWCCA gives, where they differ from the papers.
///
/// Its PWCCA forms variates without whitening the view, adds the means back, makes them orthogonal
/// and weighs with columns that are not centred. Weights come from the view with fewer columns of
/// variance; where that is the second, its code reads the first view's columns by the second's
/// indices, which fails for unequal widths. Its mean leaves out the last correlations. Because of the
/// means its PWCCA depends on the signs of singular vectors, which are arbitrary.
public struct ReleasedCCA: Sendable {
  /// The correlations, the greatest first.
  public let correlations: [Double]
  /// Its PWCCA similarity.
  public let weighted: Double

  /// The mean of the correlations up to where they add up to 0.98 of their sum.
  public var mean: Double {
    let total = correlations.reduce(0, +)
    var (sum, kept) = (0.0, 0)
    while kept < correlations.count, sum < 0.98 * total {
      sum += correlations[kept]
      kept += 1
    }
    return sum / Double(kept)
  }

  /// Relates two views, points as rows.
  ///
  /// - Throws: `StatisticsError` where the released code fails: with unequal widths when the first
  ///   view is the wider, and with no more points than columns.
  public init(_ first: Matrix, _ second: Matrix) throws(StatisticsError) {
    try Self.check(first, second)
    guard first.columns <= second.columns else {
      throw .released(widths: [first.columns, second.columns])
    }
    let (centredFirst, centredSecond) = (first.centred, second.centred)
    (correlations, weighted) = try StatisticsError.decomposing { () throws(DecompositionError) in
      let covariance = Self.scaled(centredFirst.columnProducts)
      let other = Self.scaled(centredSecond.columnProducts)
      let cross = centredFirst.times(centredSecond, transposed: true)
      let factor = 1 / (covariance.scale * other.scale).squareRoot()
      let whitened = try Self.inverseRoot(covariance.matrix)
        .times(cross.scaling(columns: [Double](repeating: factor, count: second.columns)))
        .times(Self.inverseRoot(other.matrix))
      // Handed over by columns, as NumPy does: the signs of the vectors count below.
      let parts = try whitened.transposed.singularValueDecomposition()
      // Variate i plus the mean of column i, as if they belonged together.
      let means = first.columnMeans
      let variates = centredFirst.times(parts.right, otherTransposed: true).subtracting(
        row: means.map { -$0 })
      let shared = try variates.qr().orthonormalRows.times(first)
      let weights = (0..<shared.rows).map { shared.row($0).reduce(0) { $0 + abs($1) } }
      let total = weights.reduce(0, +)
      let sum = zip(weights, parts.values).reduce(0) { $0 + $1.0 * $1.1 }
      return (parts.values, sum / total)
    }
  }

  /// The mean correlation that the released `robust_cca_similarity` gives.
  ///
  /// It hands its threshold of 0.98 over where a least variance is expected: columns with less than
  /// 0.98 of the greatest entry of the covariance are dropped, and 0.98 is added to the variances of
  /// the others, so that correlations are at most about a half. What it then takes for the threshold
  /// keeps all of them.
  ///
  /// - Throws: `StatisticsError` where the released code fails.
  public static func robustMean(
    _ first: Matrix, _ second: Matrix
  ) throws(StatisticsError) -> Double {
    try check(first, second)
    let (x, y) = (first.centred, second.centred)
    let (own, other) = (scaled(x.columnProducts), scaled(y.columnProducts))
    let least = 0.98
    func kept(_ matrix: Matrix) -> [Int] {
      (0..<matrix.rows).filter { matrix[$0, $0] >= least }
    }
    let (rows, columns) = (kept(own.matrix), kept(other.matrix))
    guard !rows.isEmpty, !columns.isEmpty else { return 0 }
    func widened(_ matrix: Matrix, _ kept: [Int]) -> Matrix {
      var part = matrix.selecting(rows: kept).selecting(columns: kept)
      for place in kept.indices { part[place, place] += least }
      return part
    }
    let factor = 1 / (own.scale * other.scale).squareRoot()
    let cross = x.selecting(columns: rows).times(y.selecting(columns: columns), transposed: true)
      .scaling(columns: [Double](repeating: factor, count: columns.count))
    let values = try StatisticsError.decomposing { () throws(DecompositionError) in
      try inverseRoot(widened(own.matrix, rows)).times(cross)
        .times(inverseRoot(widened(other.matrix, columns))).singularValues()
    }
    return values.reduce(0, +) / Double(values.count)
  }

  private static func check(_ first: Matrix, _ second: Matrix) throws(StatisticsError) {
    guard first.rows == second.rows else {
      throw .shape(
        what: "the second view", expected: "[\(first.rows), width]",
        found: [second.rows, second.columns])
    }
    guard first.columns < first.rows else {
      throw .tooFew(
        what: "points for the released code", count: first.rows, least: first.columns + 1)
    }
    for view in [first, second] {
      if let row = view.firstRowNotFinite { throw .notFinite(row: row) }
    }
  }

  /// A covariance divided by its greatest entry.
  private static func scaled(_ products: Matrix) -> (matrix: Matrix, scale: Double) {
    let scale = products.elements.reduce(0) { max($0, abs($1)) }
    var matrix = products
    for place in matrix.elements.indices { matrix.elements[place] /= scale }
    return (matrix, scale)
  }

  private static func inverseRoot(_ matrix: Matrix) throws(DecompositionError) -> Matrix {
    let eigen = try matrix.symmetricEigen()
    let least = 1e-15 * (eigen.values.first ?? 0)
    let factors = eigen.values.map { $0 > least ? 1 / $0.squareRoot() : 0 }
    return eigen.vectors.transposed.scaling(columns: factors).times(eigen.vectors)
  }
}
