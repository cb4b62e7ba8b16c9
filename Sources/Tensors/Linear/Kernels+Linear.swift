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

  /// `stream += x·W + b`, in one pass.
  ///
  /// The sum is rounded once less than `linear` followed by `add`, so the two differ in the last
  /// bits: whoever must be able to look at the summand uses the other two throughout.
  @specialized(where E == Float)
  @specialized(where E == Double)
  public static func linearAdd<E: Scalar>(
    _ x: Tensor<E>, _ w: LinearWeight<E>, into stream: inout Tensor<E>
  ) {
    precondition(stream.count == x.leadingCount * w.outputCount, "the stream must fit")
    stream.mutate { LinearProduct.run(x, 0..<x.lastCount, w, into: $0, keep: true) }
  }
}
