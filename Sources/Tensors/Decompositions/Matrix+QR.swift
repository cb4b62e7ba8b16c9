import COpenBLAS

/// A matrix as Q · R, with k = min(rows, columns).
public struct QRFactors: Sendable {
  /// Qᵀ: orthonormal rows, k × rows.
  ///
  /// It is kept transposed because that is how LAPACK leaves it.
  public let orthonormalRows: Matrix
  /// R: upper triangular, k × columns.
  public let triangle: Matrix

  /// Q: orthonormal columns, rows × k.
  public var orthonormal: Matrix { orthonormalRows.transposed }
}

extension Matrix {
  /// The thin QR decomposition by Householder reflections (LAPACK's dgeqrf and dorgqr).
  ///
  /// - Throws: `DecompositionError` when a number is not finite.
  public func qr() throws(DecompositionError) -> QRFactors {
    try LAPACKCall.check(self)
    let count = min(rows, columns)
    if count == 0 {
      return QRFactors(
        orthonormalRows: Matrix(zeros: count, rows), triangle: Matrix(zeros: count, columns))
    }
    var byColumns = transposed.elements
    var (m, n, k) = (blasint(rows), blasint(columns), blasint(count))
    var factors = [Double](repeating: 0, count: count)
    try LAPACKCall.withWorkspace { work, size in
      var (size, info): (blasint, blasint) = (size, 0)
      dgeqrf_(&m, &n, &byColumns, &m, &factors, work, &size, &info)
      return info
    }
    var triangle = Matrix(zeros: count, columns)
    for row in 0..<count {
      for column in row..<columns { triangle[row, column] = byColumns[column * rows + row] }
    }
    try LAPACKCall.withWorkspace { work, size in
      var (size, info): (blasint, blasint) = (size, 0)
      dorgqr_(&m, &k, &k, &byColumns, &m, &factors, work, &size, &info)
      return info
    }
    if count < columns { byColumns.removeSubrange((count * rows)...) }
    return QRFactors(
      orthonormalRows: Matrix(rows: count, columns: rows, byColumns), triangle: triangle)
  }
}
