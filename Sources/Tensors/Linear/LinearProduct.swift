/// The product behind `Kernels.linear`: chooses the kernel.
enum LinearProduct {
  /// `result = x·W + b`, or `result += x·W + b` when `keep` is set.
  static func run<E: Scalar>(
    _ x: Tensor<E>, _ columns: Range<Int>, _ w: LinearWeight<E>,
    into result: UnsafeMutablePointer<E>, keep: Bool
  ) {
    precondition(columns.count == w.inputCount, "x must be as wide as the map's input")
    let (rows, width) = (x.leadingCount, x.lastCount)
    withExtendedLifetime((w, x.buffer)) {
      let left = MatrixView(
        base: UnsafePointer(x.buffer.base) + columns.lowerBound, stride: width)
      let bias = w.bias.map { UnsafePointer($0.buffer.base) + w.outputs.lowerBound }
      let size = ProductSize(rows: rows, columns: w.outputCount, inner: w.inputCount)
      if rows <= NarrowProduct.mostRows {
        NarrowProduct.run(left, w.view, bias, into: result, size, keep: keep)
      } else {
        BatchedProduct.run(left, w.view, bias, into: result, size, keep: keep)
      }
    }
  }
}
