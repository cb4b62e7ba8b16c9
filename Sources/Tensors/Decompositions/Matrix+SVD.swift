import COpenBLAS

/// A matrix as `left · diag(values) · right`, with k = min(rows, columns).
public struct SingularValues: Sendable {
  /// Orthonormal columns, rows × k.
  public let left: Matrix
  /// The singular values, the greatest first.
  public let values: [Double]
  /// Orthonormal rows, k × columns.
  public let right: Matrix

  /// How many values exceed `tolerance` times the greatest.
  public func rank(tolerance: Double = 1e-10) -> Int {
    let least = tolerance * (values.first ?? 0)
    return values.count { $0 > least }
  }
}

extension Matrix {
  /// The thin singular value decomposition (LAPACK's dgesdd).
  ///
  /// - Throws: `DecompositionError` when a number is not finite or the iteration fails.
  public func singularValueDecomposition() throws(DecompositionError) -> SingularValues {
    try LAPACKCall.check(self)
    let count = min(rows, columns)
    var values = [Double](repeating: 0, count: count)
    var left = Matrix(zeros: rows, count)
    var right = Matrix(zeros: count, columns)
    if count == 0 { return SingularValues(left: left, values: values, right: right) }
    // By columns the matrix is its transpose, whose left vectors are our right ones.
    var (m, n, k) = (blasint(columns), blasint(rows), blasint(count))
    var job = CChar(UInt8(ascii: "S"))
    var copy = elements
    var integers = [blasint](repeating: 0, count: 8 * count)
    do throws(DecompositionError) {
      try LAPACKCall.withWorkspace { work, size in
        var (size, info): (blasint, blasint) = (size, 0)
        dgesdd_(
          &job, &m, &n, &copy, &m, &values, &right.elements, &m, &left.elements, &k, work, &size,
          &integers, &info, 1)
        return info
      }
    } catch .notConverged {
      // The slower algorithm converges where the fast one, rarely, does not.
      copy = elements
      try LAPACKCall.withWorkspace { work, size in
        var (size, info): (blasint, blasint) = (size, 0)
        dgesvd_(
          &job, &job, &m, &n, &copy, &m, &values, &right.elements, &m, &left.elements, &k, work,
          &size, &info, 1, 1)
        return info
      }
    }
    return SingularValues(left: left, values: values, right: right)
  }

  /// The singular values alone, the greatest first.
  ///
  /// - Throws: as `singularValueDecomposition`.
  public func singularValues() throws(DecompositionError) -> [Double] {
    try LAPACKCall.check(self)
    let count = min(rows, columns)
    var values = [Double](repeating: 0, count: count)
    if count == 0 { return values }
    var (m, n, one) = (blasint(columns), blasint(rows), blasint(1))
    var job = CChar(UInt8(ascii: "N"))
    var copy = elements
    var integers = [blasint](repeating: 0, count: 8 * count)
    var nothing = 0.0
    var nothingElse = 0.0
    try LAPACKCall.withWorkspace { work, size in
      var (size, info): (blasint, blasint) = (size, 0)
      dgesdd_(
        &job, &m, &n, &copy, &m, &values, &nothing, &one, &nothingElse, &one, work, &size,
        &integers, &info, 1)
      return info
    }
    return values
  }
}
