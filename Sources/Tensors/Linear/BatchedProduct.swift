/// Products with many rows: OpenBLAS, on one piece per call.
enum BatchedProduct {
  /// `result = x·W + b`, or `result += x·W + b` when `keep` is set; rows of the result lie `stride`
  /// elements apart, close to each other by default.
  static func run<E: Scalar>(
    _ x: MatrixView<E>, _ weight: MatrixView<E>, _ bias: UnsafePointer<E>?,
    into result: UnsafeMutablePointer<E>, _ size: ProductSize, stride: Int? = nil, keep: Bool
  ) {
    let stride = stride ?? size.columns
    let cut = ProductCut(size, threads: Workers.threads)
    Workers.runCancellable(cut.rowPieces * cut.columnPieces) { piece in
      let rows = ProductCut.part(piece % cut.rowPieces, of: cut.rowPieces, size.rows)
      let columns = ProductCut.part(piece / cut.rowPieces, of: cut.columnPieces, size.columns)
      multiply(
        x.dropping(rows: rows.lowerBound), weight.dropping(columns: columns.lowerBound),
        bias.map { $0 + columns.lowerBound },
        into: result + rows.lowerBound * stride + columns.lowerBound,
        stride: stride,
        ProductSize(rows: rows.count, columns: columns.count, inner: size.inner), keep: keep)
    }
  }

  /// One call of OpenBLAS; the bias is laid out before it, and added to.
  private static func multiply<E: Scalar>(
    _ x: MatrixView<E>, _ weight: MatrixView<E>, _ bias: UnsafePointer<E>?,
    into target: UnsafeMutablePointer<E>, stride: Int, _ size: ProductSize, keep: Bool
  ) {
    if let bias {
      for row in 0..<size.rows {
        let line = target + row * stride
        if keep {
          Elementwise.add(line, bias, count: size.columns)
        } else {
          line.update(from: bias, count: size.columns)
        }
      }
    }
    BlockProduct.multiply(
      x, weight, into: target, stride: stride, rows: size.rows, columns: size.columns,
      inner: size.inner, keep: keep || bias != nil ? 1 : 0)
  }
}
