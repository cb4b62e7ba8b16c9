/// The way back through linear maps.
extension Kernels {
  /// What a gradient behind a linear map is in front of it: `target = gradient · Wᵀ`, added to what
  /// `target` holds when `keep` is set.
  ///
  /// The weights are read as they are stored, never transposed in memory.
  @specialized(where E == Float)
  @specialized(where E == Double)
  public static func linearInputGradient<E: Scalar>(
    _ gradient: Tensor<E>, _ w: LinearWeight<E>, into target: inout Tensor<E>, keep: Bool
  ) {
    let rows = gradient.leadingCount
    precondition(
      gradient.lastCount == w.outputCount && target.count == rows * w.inputCount,
      "the gradient is as wide as the map's output, the target as its input")
    var weight = w.view
    weight.transposed.toggle()
    let size = ProductSize(rows: rows, columns: w.inputCount, inner: w.outputCount)
    withExtendedLifetime((w, gradient.buffer)) {
      target.mutate { target in
        let left = MatrixView(base: UnsafePointer(gradient.buffer.base), stride: w.outputCount)
        if rows <= NarrowProduct.mostRows {
          NarrowProduct.run(left, weight, nil, into: target, size, keep: keep)
        } else {
          BatchedProduct.run(left, weight, nil, into: target, size, keep: keep)
        }
      }
    }
  }

  /// What a gradient behind a linear map is for the stored matrix: `xᵀ · gradient`, put in the part
  /// of `target` that the map reads, and added to what lies there when `keep` is set.
  ///
  /// - Parameter target: Shaped as the matrix that `w` was made of.
  @specialized(where E == Float)
  @specialized(where E == Double)
  public static func linearWeightGradient<E: Scalar>(
    _ gradient: Tensor<E>, _ x: Tensor<E>, _ w: LinearWeight<E>, into target: inout Tensor<E>,
    keep: Bool
  ) {
    let tokens = gradient.leadingCount
    precondition(
      gradient.lastCount == w.outputCount && x.count == tokens * w.inputCount
        && target.count == w.matrix.count, "the sizes are those of the map")
    let stride = w.matrix.shape[1]
    withExtendedLifetime((x.buffer, gradient.buffer)) {
      let input = UnsafePointer(x.buffer.base)
      let output = UnsafePointer(gradient.buffer.base)
      target.mutate { target in
        switch w.layout {
        case .inputByOutput:
          BatchedProduct.run(
            MatrixView(base: input, stride: w.inputCount, transposed: true),
            MatrixView(base: output, stride: w.outputCount), nil,
            into: target + w.inputs.lowerBound * stride + w.outputs.lowerBound,
            ProductSize(rows: w.inputCount, columns: w.outputCount, inner: tokens),
            stride: stride, keep: keep)
        case .outputByInput:
          BatchedProduct.run(
            MatrixView(base: output, stride: w.outputCount, transposed: true),
            MatrixView(base: input, stride: w.inputCount), nil,
            into: target + w.outputs.lowerBound * stride + w.inputs.lowerBound,
            ProductSize(rows: w.outputCount, columns: w.inputCount, inner: tokens),
            stride: stride, keep: keep)
        }
      }
    }
  }

  /// The sum of `gradient` over all axes but the last, put into `target` from `offset` on, and added
  /// to what lies there when `keep` is set: the gradient for a bias.
  @specialized(where E == Float)
  @specialized(where E == Double)
  public static func columnSums<E: Scalar>(
    _ gradient: Tensor<E>, into target: inout Tensor<E>, at offset: Int = 0, keep: Bool
  ) {
    let (tokens, width) = (gradient.leadingCount, gradient.lastCount)
    precondition(offset >= 0 && offset + width <= target.count, "the sums must fit")
    gradient.read { gradient in
      target.mutate { target in
        Workers.split(width, work: tokens * width, step: 16) { part in
          let sums = target + offset + part.lowerBound
          if !keep { sums.update(repeating: 0, count: part.count) }
          for token in 0..<tokens {
            Elementwise.add(sums, gradient + token * width + part.lowerBound, count: part.count)
          }
        }
      }
    }
  }
}
