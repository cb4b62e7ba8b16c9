/// Transcendental functions of eight numbers at once, to the last bits of their type.
///
/// Each has one algorithm per precision; the choice is made when a kernel is specialised. The
/// largest errors, against correctly rounded results, are stated with the algorithms and tested.
enum VectorMath {
  @inline(__always)
  static func exp<E: Scalar>(_ x: Vector<E>) -> Vector<E> {
    E.self == Float.self
      ? unsafeBitCast(exp(unsafeBitCast(x, to: Vector<Float>.self)), to: Vector<E>.self)
      : unsafeBitCast(exp(unsafeBitCast(x, to: Vector<Double>.self)), to: Vector<E>.self)
  }

  @inline(__always)
  static func tanh<E: Scalar>(_ x: Vector<E>) -> Vector<E> {
    E.self == Float.self
      ? unsafeBitCast(tanh(unsafeBitCast(x, to: Vector<Float>.self)), to: Vector<E>.self)
      : unsafeBitCast(tanh(unsafeBitCast(x, to: Vector<Double>.self)), to: Vector<E>.self)
  }

  @inline(__always)
  static func erf<E: Scalar>(_ x: Vector<E>) -> Vector<E> {
    E.self == Float.self
      ? unsafeBitCast(erf(unsafeBitCast(x, to: Vector<Float>.self)), to: Vector<E>.self)
      : unsafeBitCast(erf(unsafeBitCast(x, to: Vector<Double>.self)), to: Vector<E>.self)
  }

  /// `1 / (1 + exp(-x))`.
  @inline(__always)
  static func sigmoid<E: Scalar>(_ x: Vector<E>) -> Vector<E> {
    let one = Vector<E>(repeating: 1)
    return one / (one + exp(-x))
  }

  /// The absolute value.
  @inline(__always)
  static func magnitude<E: Scalar>(_ x: Vector<E>) -> Vector<E> {
    x.replacing(with: -x, where: x .< 0)
  }
}

extension SIMD8 where Scalar: Tensors.Scalar {
  /// One step of Horner's scheme: `self · x + coefficient`.
  @inline(__always)
  func then(_ coefficient: Scalar, _ x: Self) -> Self {
    Self(repeating: coefficient).adding(self, times: x)
  }
}
