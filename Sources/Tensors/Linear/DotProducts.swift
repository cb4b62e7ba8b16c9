import COpenBLAS

/// Few rows times a `[out, in]` matrix, on the calling thread.
///
/// The numbers of rows and of outputs taken together are known when a kernel is compiled, so that
/// all its sums stay in registers.
enum DotProducts {
  /// Where sums go: output `o` of row `r` to `base[r * stride + o]`.
  struct Target<E: Scalar> {
    let base: UnsafeMutablePointer<E>
    let stride: Int
    let bias: UnsafePointer<E>?
    let keep: Bool

    @inline(__always)
    func store(_ sum: E, row: Int, output: Int) {
      let place = base + row * stride + output
      let biased = bias.map { sum + $0[output] } ?? sum
      place.pointee = keep ? place.pointee + biased : biased
    }
  }

  static func run<E: Scalar>(
    _ x: MatrixView<E>, rows: Int, _ weights: MatrixView<E>, inner: Int, outputs: Int,
    into target: Target<E>
  ) {
    switch rows {
    case 1: single(x, weights, inner, outputs, target)
    case 2: all(Count<2>.self, Count<4>.self, x, weights, inner, outputs, target)
    case 3: all(Count<3>.self, Count<2>.self, x, weights, inner, outputs, target)
    default: all(Count<4>.self, Count<2>.self, x, weights, inner, outputs, target)
    }
  }

  /// One row, output by output: the weights are then one stream from the first to the last, which
  /// is what memory gives fastest.
  private static func single<E: Scalar>(
    _ x: MatrixView<E>, _ weights: MatrixView<E>, _ inner: Int, _ outputs: Int,
    _ target: Target<E>
  ) {
    for output in 0..<outputs {
      let line = weights.base + output * weights.stride
      var (a, b, c, d) = (Vector<E>(), Vector<E>(), Vector<E>(), Vector<E>())
      var index = 0
      while index < inner & ~31 {
        let (values, factors) = (x.base + index, line + index)
        prefetch_line(factors + ahead)
        prefetch_line(factors + (ahead &+ 16))
        a = a.adding(Vector(at: values), times: Vector(at: factors))
        b = b.adding(Vector(at: values + 8), times: Vector(at: factors + 8))
        c = c.adding(Vector(at: values + 16), times: Vector(at: factors + 16))
        d = d.adding(Vector(at: values + 24), times: Vector(at: factors + 24))
        index &+= 32
      }
      var sum = ((a + b) + (c + d)).sum()
      while index < inner {
        sum += x.base[index] * line[index]
        index += 1
      }
      target.store(sum, row: 0, output: output)
    }
  }

  /// How far ahead of the sum weights are asked for: about what memory takes to answer.
  private static let ahead = 4096

  @inline(__always)
  private static func all<let rows: Int, let group: Int, E: Scalar>(
    _: Count<rows>.Type, _: Count<group>.Type, _ x: MatrixView<E>, _ weights: MatrixView<E>,
    _ inner: Int, _ outputs: Int, _ target: Target<E>
  ) {
    var output = 0
    while output + group <= outputs {
      block(Count<rows>.self, Count<group>.self, x, weights, inner, output, target)
      output += group
    }
    while output < outputs {
      block(Count<rows>.self, Count<1>.self, x, weights, inner, output, target)
      output += 1
    }
  }

  @inline(__always)
  private static func block<let rows: Int, let group: Int, E: Scalar>(
    _: Count<rows>.Type, _: Count<group>.Type, _ x: MatrixView<E>, _ weights: MatrixView<E>,
    _ inner: Int, _ output: Int, _ target: Target<E>
  ) {
    let lines = InlineArray<rows, UnsafePointer<E>> { x.base + $0 * x.stride }
    let members = InlineArray<group, UnsafePointer<E>> {
      weights.base + (output + $0) * weights.stride
    }
    let ahead = group * weights.stride
    var sums = InlineArray<rows, InlineArray<group, Vector<E>>>(
      repeating: InlineArray(repeating: Vector()))
    var index = 0
    while index < inner & ~7 {
      for member in 0..<group {
        let part = Vector(at: members[member] + index)
        prefetch_line(members[member] + (index &+ ahead))
        for row in 0..<rows {
          sums[row][member] = sums[row][member].adding(Vector(at: lines[row] + index), times: part)
        }
      }
      index &+= 8
    }
    for row in 0..<rows {
      for member in 0..<group {
        var sum = sums[row][member].sum()
        for rest in index..<inner { sum += lines[row][rest] * members[member][rest] }
        target.store(sum, row: row, output: output + member)
      }
    }
  }
}
