extension Kernels {
  /// The product of two matrices, either of them read as its transpose.
  ///
  /// The result has the row axis of the left one and the column axis of the right one. Throws
  /// `TensorError` when either has not two axes, or when the inner sizes differ.
  @specialized(where E == Float)
  @specialized(where E == Double)
  public static func matmul<E: Scalar>(
    _ a: Tensor<E>, transposeA: Bool, _ b: Tensor<E>, transposeB: Bool
  ) throws(TensorError) -> Tensor<E> {
    for operand in [a, b] where operand.shape.count != 2 {
      throw .rankMismatch(
        operation: "a matrix product", expected: 2, found: operand.shape.count)
    }
    let (row, inner) = transposeA ? (1, 0) : (0, 1)
    let (innerB, column) = transposeB ? (1, 0) : (0, 1)
    guard a.shape[inner] == b.shape[innerB] else {
      throw .shapeMismatch(
        operation: "a matrix product",
        expected: transposeB
          ? [b.shape[0], a.shape[inner]] : [a.shape[inner], b.shape[1]],
        found: b.shape)
    }
    let (rows, columns) = (a.shape[row], b.shape[column])
    let result = Tensor<E>(uninitialized: [a.axes[row], b.axes[column]], [rows, columns])
    a.read { left in
      b.read { right in
        BatchedProduct.run(
          MatrixView(base: left, stride: a.shape[1], transposed: transposeA),
          MatrixView(base: right, stride: b.shape[1], transposed: transposeB), nil,
          into: result.buffer.base,
          ProductSize(rows: rows, columns: columns, inner: a.shape[inner]), keep: false)
      }
    }
    return result
  }
}
