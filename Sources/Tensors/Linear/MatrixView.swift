/// A matrix in memory as the product kernels see it: element `(i, j)` is at `i * stride + j`, or at
/// `j * stride + i` when it is transposed.
struct MatrixView<Element> {
  var base: UnsafePointer<Element>
  var stride: Int
  var transposed: Bool = false

  /// The same matrix without its first `rows` rows and `columns` columns.
  @inline(__always)
  func dropping(rows: Int = 0, columns: Int = 0) -> MatrixView {
    MatrixView(
      base: base + (transposed ? columns * stride + rows : rows * stride + columns),
      stride: stride, transposed: transposed)
  }
}
