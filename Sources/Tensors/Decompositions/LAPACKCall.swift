import COpenBLAS

/// What all calls of LAPACK have in common: single-threaded OpenBLAS, checked sizes, work space.
///
/// LAPACK reads matrices by columns. A row-major matrix is handed over as it lies, that is, as its
/// transpose, wherever the transpose can be decomposed instead.
enum LAPACKCall {
  /// Refuses what LAPACK would loop or crash on.
  static func check(_ matrix: Matrix) throws(DecompositionError) {
    ForeignThreads.end
    guard matrix.elements.count < Int(Int32.max) else {
      throw .tooLarge(rows: matrix.rows, columns: matrix.columns)
    }
    if let row = matrix.firstRowNotFinite { throw .notFinite(row: row) }
  }

  /// Calls `body` twice: to learn how much work space it wants, and then with that much.
  ///
  /// `body` gets the space and its size, -1 for the question, and returns LAPACK's `info`.
  static func withWorkspace(
    _ body: (UnsafeMutablePointer<Double>, blasint) -> blasint
  ) throws(DecompositionError) {
    var wanted = 0.0
    var info = body(&wanted, -1)
    if info == 0 {
      var work = [Double](repeating: 0, count: max(Int(wanted), 1))
      info = work.withUnsafeMutableBufferPointer { space in
        space.baseAddress.map { body($0, blasint(space.count)) } ?? 0
      }
    }
    guard info == 0 else { throw .notConverged }
  }
}
