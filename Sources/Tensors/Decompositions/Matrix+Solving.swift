import COpenBLAS

extension Matrix {
  /// The X of least norm that brings `self · X` as near to `targets` as can be.
  ///
  /// Directions of `self` whose singular value is below `tolerance` times the greatest count as
  /// absent, so that dependent and constant columns do no harm. With a positive `ridge`, the squared
  /// norm of X times it is added to what is made least.
  ///
  /// - Parameter targets: as many rows as `self`, one column for each problem.
  /// - Returns: X, `columns` × `targets.columns`.
  /// - Throws: `DecompositionError` when a number is not finite.
  public func leastSquares(
    _ targets: Matrix, ridge: Double = 0, tolerance: Double = 1e-10
  ) throws(DecompositionError) -> Matrix {
    precondition(targets.rows == rows, "one row of targets per row")
    if let row = targets.firstRowNotFinite { throw .notFinite(row: row) }
    let parts = try singularValueDecomposition()
    let least = tolerance * (parts.values.first ?? 0)
    let factors = parts.values.map { $0 > least ? $0 / ($0 * $0 + ridge) : 0 }
    let seen = parts.left.times(targets, transposed: true)
    return parts.right.transposed.scaling(columns: factors).times(seen)
  }

  /// An estimate of the inverse of the condition number, in the norm of the greatest column, of a
  /// square matrix of which only the upper triangle is read (LAPACK's dtrcon).
  ///
  /// It exceeds the true one at most by a small factor.
  ///
  /// - Throws: `DecompositionError` when a number is not finite.
  public func triangularReciprocalCondition() throws(DecompositionError) -> Double {
    precondition(rows == columns, "a triangular matrix is square")
    try LAPACKCall.check(self)
    if rows == 0 { return 1 }
    // By columns it is the lower triangle of the transpose, whose rows are our columns.
    var (norm, triangle, unit) = (
      CChar(UInt8(ascii: "I")), CChar(UInt8(ascii: "L")), CChar(UInt8(ascii: "N"))
    )
    var (n, info, estimate) = (blasint(rows), blasint(0), 0.0)
    var work = [Double](repeating: 0, count: 3 * rows)
    var integers = [blasint](repeating: 0, count: rows)
    dtrcon_(
      &norm, &triangle, &unit, &n, elements, &n, &estimate, &work, &integers, &info, 1, 1, 1)
    return estimate
  }
}
