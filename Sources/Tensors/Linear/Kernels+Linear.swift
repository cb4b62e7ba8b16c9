extension Kernels {
  /// `x·W + b` over the last axis of `x`, which is the map's input; the last axis of the result is
  /// `width`, its other axes are those of `x`.
  @specialized(where E == Float)
  @specialized(where E == Double)
  public static func linear<E: Scalar>(_ x: Tensor<E>, _ w: LinearWeight<E>) -> Tensor<E> {
    linear(x, columns: 0..<x.lastCount, w)
  }

  /// As `linear`, but reads only `columns` of the last axis of `x` (one head's share of `z`, say).
  @specialized(where E == Float)
  @specialized(where E == Double)
  public static func linear<E: Scalar>(
    _ x: Tensor<E>, columns: Range<Int>, _ w: LinearWeight<E>
  ) -> Tensor<E> {
    precondition(columns.lowerBound >= 0 && columns.upperBound <= x.lastCount)
    var shape = x.shape
    var axes = x.axes
    if shape.isEmpty {
      shape = [1]
      axes = [.width]
    }
    shape[shape.count - 1] = w.outputCount
    axes[axes.count - 1] = .width
    let result = Tensor<E>(uninitialized: axes, shape)
    LinearProduct.run(x, columns, w, into: result.buffer.base, keep: false)
    return result
  }
}
