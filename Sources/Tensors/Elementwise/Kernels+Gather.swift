extension Kernels {
  /// The given rows of a `[rows, width]` table, in order: `[rows.count, width]`.
  ///
  /// Throws `TensorError` when the table has not two axes or has no such row.
  @specialized(where E == Float)
  @specialized(where E == Double)
  public static func gather<E: Scalar>(
    _ table: Tensor<E>, rows: [Int]
  ) throws(TensorError) -> Tensor<E> {
    guard table.shape.count == 2 else {
      throw .rankMismatch(operation: "a table", expected: 2, found: table.shape.count)
    }
    return try table.read(Region([rows, nil]))
  }
}
