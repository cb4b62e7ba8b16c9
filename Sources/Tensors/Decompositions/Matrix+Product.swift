extension Matrix {
  /// The product, either matrix read as its transpose; on all threads.
  ///
  /// The inner sizes must agree. Where `Workers.cancellation` answers true, the result is
  /// meaningless.
  public func times(
    _ other: Matrix, transposed: Bool = false, otherTransposed: Bool = false
  ) -> Matrix {
    let (height, inner) = transposed ? (columns, rows) : (rows, columns)
    let (innerOther, width) =
      otherTransposed ? (other.columns, other.rows) : (other.rows, other.columns)
    precondition(inner == innerOther, "the inner sizes of a product must agree")
    var result = Matrix(zeros: height, width)
    if height == 0 || width == 0 || inner == 0 { return result }
    let size = ProductSize(rows: height, columns: width, inner: inner)
    elements.withUnsafeBufferPointer { left in
      other.elements.withUnsafeBufferPointer { right in
        result.elements.withUnsafeMutableBufferPointer { target in
          guard let left = left.baseAddress, let right = right.baseAddress,
            let target = target.baseAddress
          else { return }
          BatchedProduct.run(
            MatrixView(base: left, stride: columns, transposed: transposed),
            MatrixView(base: right, stride: other.columns, transposed: otherTransposed), nil,
            into: target, size, keep: false)
        }
      }
    }
    return result
  }
}
