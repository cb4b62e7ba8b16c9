/// An activation over a run of neighbouring elements, on the calling thread.
enum ActivationRun {
  /// `x = activation(x)`, times `factors` where they are given.
  @specialized(where E == Float)
  @specialized(where E == Double)
  static func apply<E: Scalar>(
    _ kind: Activation, _ x: UnsafeMutablePointer<E>, times factors: UnsafePointer<E>? = nil,
    count: Int
  ) {
    switch kind {
    case .gelu: each(x, factors, count) { gelu($0) }
    case .geluTanh: each(x, factors, count) { geluTanh($0) }
    case .quickGelu: each(x, factors, count) { $0 * VectorMath.sigmoid($0 * 1.702) }
    case .silu: each(x, factors, count) { $0 * VectorMath.sigmoid($0) }
    case .relu: each(x, factors, count) { positive($0) }
    case .reluSquared: each(x, factors, count) { positive($0) * positive($0) }
    case .tanh: each(x, factors, count) { VectorMath.tanh($0) }
    case .identity: each(x, factors, count) { $0 }
    }
  }

  @inline(__always)
  private static func each<E: Scalar>(
    _ x: UnsafeMutablePointer<E>, _ factors: UnsafePointer<E>?, _ count: Int,
    _ function: (Vector<E>) -> Vector<E>
  ) {
    var index = 0
    while index + 8 <= count {
      var y = function(Vector(at: x + index))
      if let factors { y *= Vector(at: factors + index) }
      y.store(to: x + index)
      index += 8
    }
    if index < count {
      let width = count - index
      var y = function(Vector(at: UnsafePointer(x + index), count: width, filler: 0))
      if let factors { y *= Vector(at: factors + index, count: width, filler: 0) }
      y.store(to: x + index, count: width)
    }
  }

  @inline(__always)
  private static func gelu<E: Scalar>(_ x: Vector<E>) -> Vector<E> {
    x * 0.5 * (Vector(repeating: 1) + VectorMath.erf(x * E(0.5).squareRoot()))
  }

  /// `(1 + tanh u) / 2` is the sigmoid of `2u`.
  @inline(__always)
  private static func geluTanh<E: Scalar>(_ x: Vector<E>) -> Vector<E> {
    let root = E(8 / Double.pi).squareRoot()
    return x * VectorMath.sigmoid((x + x * x * x * 0.044715) * root)
  }

  @inline(__always)
  private static func positive<E: Scalar>(_ x: Vector<E>) -> Vector<E> {
    x.replacing(with: 0, where: x .< 0)
  }
}
