import COpenBLAS

/// Few rows times a `[in, out]` matrix, on the calling thread: some inputs at a time are added to
/// the whole line of outputs.
enum RowSums {
  /// `result[r] += Σ x[r][i] · weights[i]` over the inputs `i`.
  static func run<E: Scalar>(
    _ x: MatrixView<E>, rows: Int, _ weights: MatrixView<E>, inner: Int, columns: Int,
    into result: UnsafeMutablePointer<E>
  ) {
    switch rows {
    case 1: single(x, weights, inner, columns, result)
    case 2: all(Count<2>.self, Count<4>.self, x, weights, inner, columns, result)
    case 3: all(Count<3>.self, Count<4>.self, x, weights, inner, columns, result)
    default: all(Count<4>.self, Count<4>.self, x, weights, inner, columns, result)
    }
  }

  /// One row, input by input: the weights are then one stream from the first to the last, which is
  /// what memory gives fastest.
  private static func single<E: Scalar>(
    _ x: MatrixView<E>, _ weights: MatrixView<E>, _ inner: Int, _ columns: Int,
    _ result: UnsafeMutablePointer<E>
  ) {
    // Whole lines ahead: of a fused matrix the others' columns are not wanted.
    let ahead = weights.stride * max(lead / max(columns, 1), 1)
    for input in 0..<inner {
      let line = weights.base + input * weights.stride
      let factor = Vector(repeating: x.base[input])
      var column = 0
      while column < columns & ~15 {
        prefetch_line(line + (column &+ ahead))
        Vector(at: result + column).adding(factor, times: Vector(at: line + column))
          .store(to: result + column)
        let second = column &+ 8
        Vector(at: result + second).adding(factor, times: Vector(at: line + second))
          .store(to: result + second)
        column &+= 16
      }
      while column < columns {
        result[column] += x.base[input] * line[column]
        column += 1
      }
    }
  }

  /// How many weights ahead of the sum memory is asked: about as long as it takes to answer.
  private static let lead = 4096

  @inline(__always)
  private static func all<let rows: Int, let group: Int, E: Scalar>(
    _: Count<rows>.Type, _: Count<group>.Type, _ x: MatrixView<E>, _ weights: MatrixView<E>,
    _ inner: Int, _ columns: Int, _ result: UnsafeMutablePointer<E>
  ) {
    var input = 0
    while input + group <= inner {
      block(Count<rows>.self, Count<group>.self, x, weights, input, columns, result)
      input += group
    }
    while input < inner {
      block(Count<rows>.self, Count<1>.self, x, weights, input, columns, result)
      input += 1
    }
  }

  @inline(__always)
  private static func block<let rows: Int, let group: Int, E: Scalar>(
    _: Count<rows>.Type, _: Count<group>.Type, _ x: MatrixView<E>, _ weights: MatrixView<E>,
    _ input: Int, _ columns: Int, _ result: UnsafeMutablePointer<E>
  ) {
    let members = InlineArray<group, UnsafePointer<E>> {
      weights.base + (input + $0) * weights.stride
    }
    let factors = InlineArray<rows, InlineArray<group, E>> { row in
      InlineArray { x.base[row * x.stride + input + $0] }
    }
    let ahead = group * weights.stride
    var column = 0
    while column < columns & ~7 {
      let parts = InlineArray<group, Vector<E>> { Vector(at: members[$0] + column) }
      for member in 0..<group { prefetch_line(members[member] + (column &+ ahead)) }
      for row in 0..<rows {
        var sum = Vector(at: result + (row &* columns &+ column))
        for member in 0..<group {
          sum = sum.adding(Vector(repeating: factors[row][member]), times: parts[member])
        }
        sum.store(to: result + (row &* columns &+ column))
      }
      column &+= 8
    }
    while column < columns {
      for row in 0..<rows {
        for member in 0..<group {
          result[row * columns + column] += factors[row][member] * members[member][column]
        }
      }
      column += 1
    }
  }
}
