import COpenBLAS

/// OpenBLAS's matrix product on the calling thread.
enum BlockProduct {
  /// `c = scale * a·b + keep * c`, where `a` is rows x inner, `b` inner x columns and `c` row-major.
  @inline(__always)
  static func multiply<E: Scalar>(
    _ a: MatrixView<E>, _ b: MatrixView<E>, into c: UnsafeMutablePointer<E>, stride: Int,
    rows: Int, columns: Int, inner: Int, scale: E = 1, keep: E = 0
  ) {
    if rows == 0 || columns == 0 { return }
    ForeignThreads.end
    let transposeA = a.transposed ? CblasTrans : CblasNoTrans
    let transposeB = b.transposed ? CblasTrans : CblasNoTrans
    let (m, n, k) = (blasint(rows), blasint(columns), blasint(inner))
    let (strideA, strideB, strideC) = (blasint(a.stride), blasint(b.stride), blasint(stride))
    if E.self == Float.self {
      cblas_sgemm(
        CblasRowMajor, transposeA, transposeB, m, n, k, unsafeBitCast(scale, to: Float.self),
        pointer(a.base), strideA, pointer(b.base), strideB, unsafeBitCast(keep, to: Float.self),
        pointer(c), strideC)
    } else {
      cblas_dgemm(
        CblasRowMajor, transposeA, transposeB, m, n, k, unsafeBitCast(scale, to: Double.self),
        pointer(a.base), strideA, pointer(b.base), strideB, unsafeBitCast(keep, to: Double.self),
        pointer(c), strideC)
    }
  }

  @inline(__always)
  private static func pointer<E, T>(_ p: UnsafePointer<E>) -> UnsafePointer<T> {
    UnsafeRawPointer(p).assumingMemoryBound(to: T.self)
  }

  @inline(__always)
  private static func pointer<E, T>(_ p: UnsafeMutablePointer<E>) -> UnsafeMutablePointer<T> {
    UnsafeMutableRawPointer(p).assumingMemoryBound(to: T.self)
  }
}
