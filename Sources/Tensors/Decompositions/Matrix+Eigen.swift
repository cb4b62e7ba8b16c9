import COpenBLAS

/// A symmetric matrix as `vectorsᵀ · diag(values) · vectors`.
public struct SymmetricEigen: Sendable {
  /// The eigenvalues, the greatest first.
  public let values: [Double]
  /// The eigenvectors as rows, in the order of the values.
  public let vectors: Matrix
}

extension Matrix {
  /// The eigenvalues and eigenvectors of a symmetric matrix (LAPACK's dsyevd).
  ///
  /// The matrix must be square; only one triangle of it is read.
  ///
  /// - Throws: `DecompositionError` when a number is not finite or the iteration fails.
  public func symmetricEigen() throws(DecompositionError) -> SymmetricEigen {
    precondition(rows == columns, "a symmetric matrix is square")
    try LAPACKCall.check(self)
    if rows == 0 { return SymmetricEigen(values: [], vectors: self) }
    var n = blasint(rows)
    var vectors = elements
    var values = [Double](repeating: 0, count: rows)
    var integers = [blasint](repeating: 0, count: 3 + 5 * rows)
    var integerCount = blasint(integers.count)
    var (job, triangle) = (CChar(UInt8(ascii: "V")), CChar(UInt8(ascii: "U")))
    try LAPACKCall.withWorkspace { work, size in
      var (size, info): (blasint, blasint) = (size, 0)
      dsyevd_(
        &job, &triangle, &n, &vectors, &n, &values, work, &size, &integers, &integerCount, &info,
        1, 1)
      return info
    }
    // LAPACK's columns are our rows; it has the least value first.
    let ascending = Matrix(rows: rows, columns: rows, vectors)
    return SymmetricEigen(
      values: values.reversed(), vectors: ascending.selecting(rows: (0..<rows).reversed()))
  }
}
