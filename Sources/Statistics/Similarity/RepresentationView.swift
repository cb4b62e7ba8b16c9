import Tensors

/// One view of n occurrences: the space that its columns span, ready to be compared with others.
///
/// Of each layer one is made, and each pair of layers then costs two small products and one small
/// decomposition. Columns are centred; those that are constant are dropped, and directions whose
/// singular value is below 1e-10 of the greatest count as absent; below 1e-6 where all numbers are
/// those of single precision, whose rounding is no direction.
public struct RepresentationView: Sendable {
  /// How many occurrences, the rows.
  public let count: Int
  /// How many columns were given, constant ones included.
  public let width: Int
  /// How many of them are constant.
  public let constantColumns: Int
  /// The dimension of the space.
  public var rank: Int { basis.rows }

  /// Orthonormal rows that span the centred columns: rank × count.
  let basis: Matrix
  /// The centred columns in this basis: rank × columns.
  let coefficients: Matrix

  /// Directions below this share of the greatest singular value are absent.
  private static func tolerance(of points: Matrix) -> Double {
    points.isOfSinglePrecision ? 1e-6 : 1e-10
  }

  /// The view of points as rows.
  ///
  /// - Parameter what: names the view in errors.
  /// - Throws: `StatisticsError` when there are fewer than two rows, a number is not finite, or all
  ///   columns are constant.
  public init(_ points: Matrix, what: String = "the view") throws(StatisticsError) {
    guard points.rows >= 2, points.columns >= 1 else {
      throw .shape(
        what: what, expected: "[at least 2, at least 1]", found: [points.rows, points.columns])
    }
    if let row = points.firstRowNotFinite { throw .notFinite(row: row) }
    let varying = points.varyingColumns
    guard !varying.isEmpty else { throw .constant(what: what) }
    let kept = varying.count == points.columns ? points : points.selecting(columns: varying)
    count = points.rows
    width = points.columns
    constantColumns = points.columns - varying.count
    let tolerance = Self.tolerance(of: points)
    (basis, coefficients) = try StatisticsError.decomposing { () throws(DecompositionError) in
      let factors = try kept.centred.qr()
      // A well-conditioned triangle needs no closer look. The margin is what an estimate of the
      // condition can be wrong by.
      if factors.triangle.rows == kept.columns,
        try factors.triangle.triangularReciprocalCondition() > tolerance * 1e3
          * Double(kept.columns)
      {
        return (factors.orthonormalRows, factors.triangle)
      }
      return try Self.reduced(factors.orthonormalRows, factors.triangle) {
        $0.rank(tolerance: tolerance)
      }
    }
  }

  private init(
    count: Int, width: Int, constantColumns: Int, basis: Matrix, coefficients: Matrix
  ) {
    self.count = count
    self.width = width
    self.constantColumns = constantColumns
    self.basis = basis
    self.coefficients = coefficients
  }

  /// What of the view counts in a share of its directions.
  public enum Share: Sendable {
    /// The squares of the singular values: variance.
    case variance
    /// The singular values, as the code that came with SVCCA sums them.
    case singularValues
  }

  /// The view with its greatest directions alone: as many as hold `share` of the whole.
  public func keeping(
    _ share: Double, of measure: Share = .variance
  ) throws(StatisticsError) -> RepresentationView {
    try reduced { values in
      let parts = values.values.map { measure == .variance ? $0 * $0 : $0 }
      let total = parts.reduce(0, +)
      var sum = 0.0
      for (place, part) in parts.enumerated() {
        sum += part
        if sum >= share * total { return place + 1 }
      }
      return parts.count
    }
  }

  /// The view with its `directions` greatest directions alone.
  public func keeping(directions: Int) throws(StatisticsError) -> RepresentationView {
    directions >= rank ? self : try reduced { _ in max(directions, 1) }
  }

  /// The view with its rows in another order, which makes it independent of all others.
  public func permuted(_ order: [Int]) -> RepresentationView {
    RepresentationView(
      count: count, width: width, constantColumns: constantColumns,
      basis: basis.selecting(columns: order), coefficients: coefficients)
  }

  private func reduced(
    _ rank: (SingularValues) -> Int
  ) throws(StatisticsError) -> RepresentationView {
    let (basis, coefficients) = try StatisticsError.decomposing { () throws(DecompositionError) in
      try Self.reduced(self.basis, self.coefficients, rank)
    }
    return RepresentationView(
      count: count, width: width, constantColumns: constantColumns, basis: basis,
      coefficients: coefficients)
  }

  /// The first directions of Q · R = (Q · U) · (s Vᵀ).
  private static func reduced(
    _ basis: Matrix, _ coefficients: Matrix, _ rank: (SingularValues) -> Int
  ) throws(DecompositionError) -> (Matrix, Matrix) {
    let parts = try coefficients.singularValueDecomposition()
    let kept = Array(0..<min(rank(parts), parts.values.count))
    let left = parts.left.selecting(columns: kept)
    return (left.times(basis, transposed: true), left.times(coefficients, transposed: true))
  }
}
