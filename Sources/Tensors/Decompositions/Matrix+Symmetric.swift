import COpenBLAS

extension Matrix {
  /// The products of all pairs of columns: XᵀX, columns × columns.
  ///
  /// One triangle is computed, on all threads, and mirrored.
  public var columnProducts: Matrix { SymmetricProduct.of(self, columns: true) }

  /// The products of all pairs of rows: XXᵀ, rows × rows.
  ///
  /// One triangle is computed, on all threads, and mirrored.
  public var rowProducts: Matrix { SymmetricProduct.of(self, columns: false) }
}

/// Products of a matrix with its own transpose.
private enum SymmetricProduct {
  /// Rows of the result that a strip has.
  private static let strip = 128

  static func of(_ matrix: Matrix, columns: Bool) -> Matrix {
    let size = columns ? matrix.columns : matrix.rows
    let inner = columns ? matrix.rows : matrix.columns
    var result = Matrix(zeros: size, size)
    if size == 0 || inner == 0 { return result }
    ForeignThreads.end
    matrix.elements.withUnsafeBufferPointer { source in
      result.elements.withUnsafeMutableBufferPointer { target in
        guard let source = source.baseAddress, let target = target.baseAddress else { return }
        let view = MatrixView(base: source, stride: matrix.columns, transposed: columns)
        if inner >= 2 * size {
          bySlices(view, into: target, size: size, inner: inner)
        } else {
          byStrips(view, into: target, size: size, inner: inner)
        }
        mirror(target, size: size)
      }
    }
    return result
  }

  /// Each thread adds up a slice of the inner axis for the whole triangle.
  private static func bySlices(
    _ view: MatrixView<Double>, into target: UnsafeMutablePointer<Double>, size: Int, inner: Int
  ) {
    let slices = size * size * inner < 1 << 16 ? 1 : Workers.threads
    let spare = UnsafeMutablePointer<Double>.allocate(capacity: max(slices - 1, 1) * size * size)
    defer { spare.deallocate() }
    Workers.run(slices) { slice in
      let range = ProductCut.part(slice, of: slices, inner)
      // The slice of X is rows of it where XᵀX is wanted, else columns.
      let part = view.base + (view.transposed ? range.lowerBound * view.stride : range.lowerBound)
      cblas_dsyrk(
        CblasRowMajor, CblasUpper, view.transposed ? CblasTrans : CblasNoTrans, blasint(size),
        blasint(range.count), 1, part, blasint(view.stride), 0,
        slice == 0 ? target : spare + (slice - 1) * size * size, blasint(size))
    }
    for slice in 0..<slices - 1 {
      let part = spare + slice * size * size
      for row in 0..<size {
        Elementwise.add(
          target + row * size + row, UnsafePointer(part) + row * size + row, count: size - row)
      }
    }
  }

  /// Strips of the result, from the diagonal to the right.
  private static func byStrips(
    _ view: MatrixView<Double>, into target: UnsafeMutablePointer<Double>, size: Int, inner: Int
  ) {
    let other = MatrixView(
      base: view.base, stride: view.stride, transposed: !view.transposed)
    Workers.runCancellable((size + strip - 1) / strip) { piece in
      let first = piece * strip
      BlockProduct.multiply(
        view.dropping(rows: first), other.dropping(columns: first),
        into: target + first * size + first, stride: size, rows: min(strip, size - first),
        columns: size - first, inner: inner)
    }
  }

  /// Copies what stands above the diagonal below it, in tiles.
  private static func mirror(_ target: UnsafeMutablePointer<Double>, size: Int) {
    let tile = 32
    let tiles = (size + tile - 1) / tile
    Workers.run(tiles) { piece in
      let rows = piece * tile..<min((piece + 1) * tile, size)
      for left in stride(from: 0, through: piece * tile, by: tile) {
        for row in rows {
          for column in left..<min(left + tile, row) {
            target[row * size + column] = target[column * size + row]
          }
        }
      }
    }
  }
}
