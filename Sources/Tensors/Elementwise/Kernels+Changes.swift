/// What interventions on per-head outputs and their receipts are computed with.
extension Kernels {
  /// `x -= y`, element by element; the counts agree.
  public static func subtract<E: Scalar>(_ x: inout Tensor<E>, _ y: Tensor<E>) {
    precondition(x.count == y.count, "as many elements on both sides")
    let count = x.count
    x.mutate { x in
      y.read { y in
        for index in 0..<count { x[index] -= y[index] }
      }
    }
  }

  /// What each head writes: `out[row, position, head] = z[row, position, head's columns] · W_O[head's
  /// inputs]`, for `z` of [row, position, head × headWidth] and without any bias.
  public static func headOutputs<E: Scalar>(
    _ z: Tensor<E>, _ weight: LinearWeight<E>, heads: Int
  ) -> Tensor<E> {
    precondition(heads > 0 && z.lastCount == weight.inputCount && z.lastCount % heads == 0)
    let headWidth = z.lastCount / heads
    let width = weight.outputCount
    var outputs = Tensor<E>(
      uninitialized: [.row, .position, .head, .width], [z.shape[0], z.shape[1], heads, width])
    for head in 0..<heads {
      let columns = head * headWidth..<(head + 1) * headWidth
      let one = linear(z, columns: columns, weight.reading(inputs: columns))
      outputs.mutate { outputs in
        one.read { one in
          for position in 0..<z.leadingCount {
            (outputs + (position * heads + head) * width).update(
              from: one + position * width, count: width)
          }
        }
      }
    }
    return outputs
  }

  /// `stream[row, position, width] += Σ_head change[row, position, head, width]`.
  ///
  /// A position where nothing changed is left as it is, bit for bit.
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
  public static func squaredDistance<E: Scalar>(_ x: Tensor<E>, _ y: Tensor<E>) -> Double {
    precondition(x.count == y.count, "as many elements on both sides")
    var sum = 0.0
    for (a, b) in zip(x.elements, y.elements) where a.isFinite && b.isFinite {
      sum += Double(b - a) * Double(b - a)
    }
    return sum
  }
}
