/// A product's three sizes: rows x inner times inner x columns.
struct ProductSize {
  let rows: Int
  let columns: Int
  let inner: Int

  /// Multiplications in all.
  var work: Int { rows * columns * inner }
}

/// How a product is cut into pieces: rows x columns of them.
struct ProductCut {
  var rowPieces = 1
  var columnPieces = 1

  /// Multiplications that one piece does at most, so that a cancelled product stops soon.
  private static let pieceWork = 1 << 28
  /// Multiplications below which one thread is faster.
  private static let smallWork = 1 << 16
  /// Rows of a piece at most: OpenBLAS copies the weights once for each piece of rows.
  private static let mostRows = 512

  /// Depends on the sizes and on the number of threads alone.
  init(_ size: ProductSize, threads: Int) {
    if size.work < Self.smallWork || threads == 1 && size.work <= Self.pieceWork { return }
    rowPieces = Self.pieces(size.rows, of: Self.mostRows)
    let rows = Self.pieces(size.rows, of: rowPieces)
    columnPieces = Self.pieces(size.columns, of: max(Self.pieceWork / (rows * size.inner), 128))
    if rowPieces * columnPieces > 1 {
      // As many for each thread.
      while rowPieces * columnPieces % threads != 0, columnPieces < size.columns / 64 {
        columnPieces += 1
      }
    } else {
      columnPieces = min(threads, max(size.columns / 16, 1))
    }
  }

  private static func pieces(_ total: Int, of size: Int) -> Int {
    max((total + size - 1) / size, 1)
  }

  /// The part of `0..<total` that piece `index` of `count` covers.
  static func part(_ index: Int, of count: Int, _ total: Int) -> Range<Int> {
    total * index / count..<total * (index + 1) / count
  }
}
