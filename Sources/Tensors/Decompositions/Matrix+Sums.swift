extension Matrix {
  /// The first row that holds NaN or an infinity; nil when all numbers are finite.
  public var firstRowNotFinite: Int? {
    // NaN and infinities are all that does not become zero here.
    let sum = MatrixSums.byPieces(elements) { numbers, _ in
      MatrixSums.sum(numbers.count) { Vector(at: numbers.base + $0, upTo: $1, filler: 0) * 0 }
    }
    if sum == 0 { return nil }
    return elements.firstIndex { !$0.isFinite }.map { $0 / max(columns, 1) }
  }

  /// The sum of the squares of all numbers.
  public var squaredNorm: Double {
    MatrixSums.byPieces(elements) { numbers, _ in
      MatrixSums.sum(numbers.count) { place, count in
        let part = Vector(at: numbers.base + place, upTo: count, filler: 0)
        return part * part
      }
    }
  }

  /// The sum over all entries of the products with those of another matrix of the same shape.
  public func entrySum(times other: Matrix) -> Double {
    precondition(rows == other.rows && columns == other.columns, "matrices of one shape")
    return other.elements.withUnsafeBufferPointer { theirs in
      guard let theirs = theirs.baseAddress else { return 0 }
      return MatrixSums.byPieces(elements) { numbers, start in
        MatrixSums.sum(numbers.count) { place, count in
          Vector(at: numbers.base + place, upTo: count, filler: 0)
            * Vector(at: theirs + start + place, upTo: count, filler: 0)
        }
      }
    }
  }

  /// The sum of the squares of each row.
  public var rowSquares: [Double] { rowSums(times: self) }

  /// The inner product of each row with that of another matrix of the same shape.
  public func rowSums(times other: Matrix) -> [Double] {
    precondition(rows == other.rows && columns == other.columns, "matrices of one shape")
    let columns = columns
    var sums = [Double](repeating: 0, count: rows)
    sums.withUnsafeMutableBufferPointer { sums in
      elements.withUnsafeBufferPointer { mine in
        other.elements.withUnsafeBufferPointer { theirs in
          guard let mine = mine.baseAddress, let theirs = theirs.baseAddress,
            let sums = sums.baseAddress
          else { return }
          Workers.split(rows, work: elements.count) { rows in
            for row in rows {
              let (a, b) = (mine + row * columns, theirs + row * columns)
              sums[row] = MatrixSums.sum(columns) { place, count in
                Vector(at: a + place, upTo: count, filler: 0)
                  * Vector(at: b + place, upTo: count, filler: 0)
              }
            }
          }
        }
      }
    }
    return sums
  }

  /// The mean of each column; NaN without rows.
  public var columnMeans: [Double] {
    // Added up in blocks of a fixed length, so that the bits do not depend on the threads.
    let block = 256
    let blocks = (rows + block - 1) / block
    let columns = columns
    var parts = [Double](repeating: 0, count: blocks * columns)
    var sums = [Double](repeating: 0, count: columns)
    parts.withUnsafeMutableBufferPointer { parts in
      elements.withUnsafeBufferPointer { numbers in
        guard let parts = parts.baseAddress, let numbers = numbers.baseAddress else { return }
        Workers.split(blocks, work: elements.count) { range in
          for piece in range {
            for row in piece * block..<min((piece + 1) * block, rows) {
              Elementwise.add(parts + piece * columns, numbers + row * columns, count: columns)
            }
          }
        }
        for piece in 0..<blocks {
          for column in 0..<columns { sums[column] += parts[piece * columns + column] }
        }
      }
    }
    for column in 0..<columns { sums[column] /= Double(rows) }
    return sums
  }

  /// The matrix with a number per column taken off each row.
  public func subtracting(row offsets: [Double]) -> Matrix {
    precondition(offsets.count == columns, "one number per column")
    let columns = columns
    let result = [Double](unsafeUninitializedCapacity: elements.count) { target, count in
      elements.withUnsafeBufferPointer { source in
        offsets.withUnsafeBufferPointer { offsets in
          guard let source = source.baseAddress, let target = target.baseAddress,
            let offsets = offsets.baseAddress
          else { return }
          Workers.split(rows, work: elements.count) { range in
            for row in range {
              let (line, from) = (target + row * columns, source + row * columns)
              for column in 0..<columns { line[column] = from[column] - offsets[column] }
            }
          }
        }
      }
      count = elements.count
    }
    return Matrix(rows: rows, columns: columns, result)
  }
}

/// Sums of long runs of numbers: in pieces of a fixed length, and in eight lanes, so that the order of
/// additions does not depend on the threads.
private enum MatrixSums {
  struct Run {
    let base: UnsafePointer<Double>
    let count: Int
  }

  private static let piece = 1 << 15

  /// Adds what `body` gives of each piece, which begins at the place it is told.
  static func byPieces(_ elements: [Double], _ body: (Run, Int) -> Double) -> Double {
    let pieces = (elements.count + piece - 1) / piece
    var sums = [Double](repeating: 0, count: pieces)
    elements.withUnsafeBufferPointer { numbers in
      sums.withUnsafeMutableBufferPointer { sums in
        guard let numbers = numbers.baseAddress, let sums = sums.baseAddress else { return }
        Workers.split(pieces, work: elements.count) { range in
          for index in range {
            let start = index * piece
            sums[index] = body(
              Run(base: numbers + start, count: min(piece, elements.count - start)), start)
          }
        }
      }
    }
    return sums.reduce(0, +)
  }

  /// Adds the parts of a run, eight numbers each; `part` gets the place and how many are left.
  @inline(__always)
  static func sum(_ count: Int, _ part: (Int, Int) -> Vector<Double>) -> Double {
    // Two chains, since additions wait for each other.
    var (even, odd) = (Vector<Double>(), Vector<Double>())
    var place = 0
    while place + 16 <= count {
      even = even + part(place, 8)
      odd = odd + part(place + 8, 8)
      place += 16
    }
    while place < count {
      even = even + part(place, count - place)
      place += 8
    }
    return (even + odd).sum()
  }
}
