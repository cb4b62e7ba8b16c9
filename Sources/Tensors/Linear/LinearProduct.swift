/// A product's three sizes: rows x inner times inner x columns.
struct ProductSize {
  let rows: Int
  let columns: Int
  let inner: Int

  /// Multiplications in all.
  var work: Int { rows * columns * inner }
}

/// The product behind `Kernels.linear`: chooses the kernel and cuts the work.
enum LinearProduct {
  /// Multiplications that one piece does at most, so that a cancelled product stops soon.
  private static let pieceWork = 1 << 28

  /// `result = x·W + b`, or `result += x·W + b` when `keep` is set.
  static func run<E: Scalar>(
    _ x: Tensor<E>, _ columns: Range<Int>, _ w: LinearWeight<E>,
    into result: UnsafeMutablePointer<E>, keep: Bool
  ) {
    precondition(columns.count == w.inputCount, "x must be as wide as the map's input")
    let (rows, width) = (x.leadingCount, x.lastCount)
    x.read { x in
      w.matrix.read { matrix in
        let left = MatrixView(base: x + columns.lowerBound, stride: width)
        let stored = MatrixView(
          base: matrix, stride: w.matrix.shape[1], transposed: w.layout == .outputByInput)
        let right = stored.dropping(rows: w.inputs.lowerBound, columns: w.outputs.lowerBound)
        let bias = w.bias.map { UnsafePointer($0.buffer.base) + w.outputs.lowerBound }
        let size = ProductSize(rows: rows, columns: w.outputCount, inner: w.inputCount)
        if rows <= NarrowProduct.mostRows {
          NarrowProduct.run(left, right, bias, into: result, size, keep: keep)
        } else {
          batched(left, right, bias, into: result, size, keep: keep)
        }
      }
    }
  }

  /// Many rows: OpenBLAS, on pieces of the output's columns.
  static func batched<E: Scalar>(
    _ x: MatrixView<E>, _ weight: MatrixView<E>, _ bias: UnsafePointer<E>?,
    into result: UnsafeMutablePointer<E>, _ size: ProductSize, keep: Bool
  ) {
    let (rows, columns) = (size.rows, size.columns)
    let pieces = pieceCount(size)
    Workers.runCancellable(pieces) { piece in
      let start = columns * piece / pieces
      let end = columns * (piece + 1) / pieces
      let target = result + start
      var kept: E = keep ? 1 : 0
      if let bias {
        for row in 0..<rows {
          let line = target + row * columns
          if keep {
            Elementwise.add(line, bias + start, count: end - start)
          } else {
            line.update(from: bias + start, count: end - start)
          }
        }
        kept = 1
      }
      BlockProduct.multiply(
        x, weight.dropping(columns: start), into: target, stride: columns,
        rows: rows, columns: end - start, inner: size.inner, keep: kept)
    }
  }

  private static func pieceCount(_ size: ProductSize) -> Int {
    let work = size.work
    if work < 1 << 16 { return 1 }
    let threads = Workers.threads
    let rounds = max(1, (work / threads + pieceWork - 1) / pieceWork)
    return min(threads * rounds, max(size.columns / 16, 1))
  }
}
