/// What interventions on per-head outputs and their receipts are computed with.
extension Kernels {
  /// `x -= y`, element by element; the counts agree.
  @specialized(where E == Float)
  @specialized(where E == Double)
  public static func subtract<E: Scalar>(_ x: inout Tensor<E>, _ y: Tensor<E>) {
    precondition(x.count == y.count, "as many elements on both sides")
    let count = x.count
    x.mutate { x in
      y.read { y in
        Workers.split(count, work: count, step: 16) { part in
          Elementwise.subtract(x + part.lowerBound, y + part.lowerBound, count: part.count)
        }
      }
    }
  }

  /// What each head writes: `out[row, position, head] = z[row, position, head's columns] · W_O[head's
  /// inputs]`, for `z` of [row, position, head × headWidth] and without any bias.
  @specialized(where E == Float)
  @specialized(where E == Double)
  public static func headOutputs<E: Scalar>(
    _ z: Tensor<E>, _ weight: LinearWeight<E>, heads: Int
  ) -> Tensor<E> {
    precondition(heads > 0 && z.lastCount == weight.inputCount && z.lastCount % heads == 0)
    let (positions, headWidth, width) = (
      z.leadingCount, z.lastCount / heads, weight.outputCount
    )
    let outputs = Tensor<E>(
      uninitialized: [.row, .position, .head, .width], [z.shape[0], z.shape[1], heads, width])
    withExtendedLifetime((z.buffer, weight)) {
      let left = MatrixView(base: UnsafePointer(z.buffer.base), stride: z.lastCount)
      let right = weight.view
      Workers.runCancellable(heads) { head in
        BlockProduct.multiply(
          left.dropping(columns: head * headWidth), right.dropping(rows: head * headWidth),
          into: outputs.buffer.base + head * width, stride: heads * width, rows: positions,
          columns: width, inner: headWidth)
      }
    }
    return outputs
  }

  /// `stream[row, position, width] += Σ_head change[row, position, head, width]`.
  ///
  /// A position where nothing changed is left as it is, bit for bit.
  @specialized(where E == Float)
  @specialized(where E == Double)
  public static func addHeads<E: Scalar>(_ change: Tensor<E>, to stream: inout Tensor<E>) {
    precondition(change.shape.count == 4 && stream.count * change.shape[2] == change.count)
    let heads = change.shape[2]
    let width = change.shape[3]
    let positions = change.shape[0] * change.shape[1]
    stream.mutate { stream in
      change.read { change in
        for position in 0..<positions {
          for head in 0..<heads {
            let from = change + (position * heads + head) * width
            guard (0..<width).contains(where: { from[$0] != 0 }) else { continue }
            Elementwise.add(stream + position * width, from, count: width)
          }
        }
      }
    }
  }

  /// The squared length of `y - x`, over the entries that are finite in both.
  @specialized(where E == Float)
  @specialized(where E == Double)
  public static func squaredDistance<E: Scalar>(_ x: Tensor<E>, _ y: Tensor<E>) -> Double {
    precondition(x.count == y.count, "as many elements on both sides")
    let count = x.count
    return x.read { x in
      y.read { y in
        var sum = 0.0
        for index in 0..<count {
          let difference = Double(y[index]) - Double(x[index])
          if difference.isFinite { sum += difference * difference }
        }
        return sum
      }
    }
  }
}
