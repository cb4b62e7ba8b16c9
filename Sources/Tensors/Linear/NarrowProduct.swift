/// Products with few rows, which are bound by reading the weights: every weight is read from memory
/// once, in the order in which it lies there.
///
/// Rows are taken in pairs, block by block, so that a second pair finds the block in the cache.
enum NarrowProduct {
  /// The most rows for which this beats the blocked product.
  static let mostRows = 4

  /// Weights that one piece reads at least; less is not worth another thread.
  private static let pieceWeights = 1 << 14

  /// `result = x·W + b` (or `+=` when `keep` is set) for up to `mostRows` rows of `x`.
  static func run<E: Scalar>(
    _ x: MatrixView<E>, _ weight: MatrixView<E>, _ bias: UnsafePointer<E>?,
    into result: UnsafeMutablePointer<E>, _ size: ProductSize, keep: Bool
  ) {
    if weight.transposed {
      byOutput(x, weight, bias, into: result, size, keep: keep)
    } else {
      byInput(x, weight, bias, into: result, size, keep: keep)
    }
  }

  /// `[out, in]`: each piece computes some outputs whole.
  private static func byOutput<E: Scalar>(
    _ x: MatrixView<E>, _ weight: MatrixView<E>, _ bias: UnsafePointer<E>?,
    into result: UnsafeMutablePointer<E>, _ size: ProductSize, keep: Bool
  ) {
    let (rows, columns, inner) = (size.rows, size.columns, size.inner)
    let blocks = (columns + 3) / 4
    let wanted = columns * inner / (16 * pieceWeights)
    let threads = columns * inner < 2 * pieceWeights ? 1 : Workers.threads
    let pieces = min(threads == 1 ? 1 : max(threads, wanted / threads * threads), blocks)
    Workers.runCancellable(pieces) { piece in
      let start = blocks * piece / pieces * 4
      let end = min(blocks * (piece + 1) / pieces * 4, columns)
      let target = DotProducts.Target(
        base: result + start, stride: columns, bias: bias.map { $0 + start }, keep: keep)
      DotProducts.run(
        x, rows: rows, weight.dropping(columns: start), inner: inner, outputs: end - start,
        into: target)
    }
  }

  /// `[in, out]`: each piece sums over some inputs; the sums are added up in order at the end.
  private static func byInput<E: Scalar>(
    _ x: MatrixView<E>, _ weight: MatrixView<E>, _ bias: UnsafePointer<E>?,
    into result: UnsafeMutablePointer<E>, _ size: ProductSize, keep: Bool
  ) {
    let (rows, columns, inner) = (size.rows, size.columns, size.inner)
    begin(result, bias, rows: rows, columns: columns, keep: keep)
    let pieces =
      columns * inner < 2 * pieceWeights ? 1 : min(Workers.threads, max(inner / 16, 1))
    let partial = (pieces - 1) * rows * columns
    let sums = Buffer<E>(uninitialized: partial)
    Workers.runCancellable(pieces) { piece in
      let start = inner / 4 * piece / pieces * 4
      let end = piece + 1 == pieces ? inner : inner / 4 * (piece + 1) / pieces * 4
      let target = piece == 0 ? result : sums.base + (piece - 1) * rows * columns
      if piece > 0 { target.update(repeating: 0, count: rows * columns) }
      RowSums.run(
        x.dropping(columns: start), rows: rows, weight.dropping(rows: start), inner: end - start,
        columns: columns, into: target)
    }
    for piece in 1..<max(pieces, 1) {
      Elementwise.add(
        result, UnsafePointer(sums.base + (piece - 1) * rows * columns), count: rows * columns)
    }
  }

  /// Fills the result with what the sums are added to.
  private static func begin<E: Scalar>(
    _ result: UnsafeMutablePointer<E>, _ bias: UnsafePointer<E>?, rows: Int, columns: Int,
    keep: Bool
  ) {
    for row in 0..<rows {
      let line = result + row * columns
      switch (bias, keep) {
      case (let bias?, true): Elementwise.add(line, bias, count: columns)
      case (let bias?, false): line.update(from: bias, count: columns)
      case (nil, true): break
      case (nil, false): line.update(repeating: 0, count: columns)
      }
    }
  }
}
