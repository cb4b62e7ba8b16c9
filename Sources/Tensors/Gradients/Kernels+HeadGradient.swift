/// The way back through per-head outputs.
extension Kernels {
  /// What a gradient of per-head outputs, [row, position, head, width], is for `z`: each head's part
  /// through its own inputs of the projection, [row, position, head × headWidth].
  @specialized(where E == Float)
  @specialized(where E == Double)
  public static func headInputGradient<E: Scalar>(
    _ gradient: Tensor<E>, _ weight: LinearWeight<E>
  ) -> Tensor<E> {
    let (heads, width) = (gradient.shape[2], gradient.lastCount)
    precondition(width == weight.outputCount && weight.inputCount % heads == 0)
    let (positions, headWidth) = (gradient.leadingCount / heads, weight.inputCount / heads)
    let result = Tensor<E>(
      uninitialized: [.row, .position, .width],
      [gradient.shape[0], gradient.shape[1], weight.inputCount])
    withExtendedLifetime((gradient.buffer, weight)) {
      let left = MatrixView(base: UnsafePointer(gradient.buffer.base), stride: heads * width)
      Workers.runCancellable(heads) { head in
        var right = weight.view.dropping(rows: head * headWidth)
        right.transposed.toggle()
        BlockProduct.multiply(
          left.dropping(columns: head * width), right,
          into: result.buffer.base + head * headWidth, stride: heads * headWidth,
          rows: positions, columns: headWidth, inner: width)
      }
    }
    return result
  }

  /// What a gradient of per-head outputs is for the stored matrix of the projection, added to
  /// `target`.
  @specialized(where E == Float)
  @specialized(where E == Double)
  public static func addHeadWeightGradient<E: Scalar>(
    _ gradient: Tensor<E>, _ z: Tensor<E>, _ weight: LinearWeight<E>, to target: inout Tensor<E>
  ) {
    let (heads, width) = (gradient.shape[2], gradient.lastCount)
    precondition(width == weight.outputCount && target.count == weight.matrix.count)
    let (positions, headWidth) = (gradient.leadingCount / heads, weight.inputCount / heads)
    let stride = weight.matrix.shape[1]
    withExtendedLifetime((gradient.buffer, z.buffer)) {
      let input = MatrixView(
        base: UnsafePointer(z.buffer.base), stride: weight.inputCount, transposed: true)
      let output = MatrixView(base: UnsafePointer(gradient.buffer.base), stride: heads * width)
      target.mutate { target in
        Workers.runCancellable(heads) { head in
          let left = input.dropping(rows: head * headWidth)
          let right = output.dropping(columns: head * width)
          let first = weight.inputs.lowerBound + head * headWidth
          if weight.layout == .inputByOutput {
            BlockProduct.multiply(
              left, right, into: target + first * stride + weight.outputs.lowerBound,
              stride: stride, rows: headWidth, columns: width, inner: positions, keep: 1)
          } else {
            var (inputs, outputs) = (left, right)
            inputs.transposed.toggle()
            outputs.transposed.toggle()
            BlockProduct.multiply(
              outputs, inputs, into: target + weight.outputs.lowerBound * stride + first,
              stride: stride, rows: width, columns: headWidth, inner: positions, keep: 1)
          }
        }
      }
    }
  }

  /// A gradient of the stream, [row, position, width], as that of each head's part in it:
  /// [row, position, head, width].
  @specialized(where E == Float)
  @specialized(where E == Double)
  public static func spreadOverHeads<E: Scalar>(_ gradient: Tensor<E>, heads: Int) -> Tensor<E> {
    let (positions, width) = (gradient.leadingCount, gradient.lastCount)
    let result = Tensor<E>(
      uninitialized: [.row, .position, .head, .width],
      [gradient.shape[0], gradient.shape[1], heads, width])
    gradient.read { gradient in
      for part in 0..<positions * heads {
        (result.buffer.base + part * width)
          .update(from: gradient + part / heads * width, count: width)
      }
    }
    return result
  }
}
