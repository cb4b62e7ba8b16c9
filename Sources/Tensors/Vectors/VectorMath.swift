import Foundation

/// Transcendental functions of eight numbers at once, to the last bits of their type.
///
/// Each has one algorithm per precision, called by name: a function that is passed as a value is not
/// inlined. The largest errors are stated with the algorithms, and tested.
enum VectorMath {
  @inline(__always)
  static func exp<E: Scalar>(_ x: Vector<E>) -> Vector<E> {
    E.self == Float.self ? Vector(single: exp(x.single)) : Vector(double: exp(x.double))
  }

  @inline(__always)
  static func tanh<E: Scalar>(_ x: Vector<E>) -> Vector<E> {
    E.self == Float.self ? Vector(single: tanh(x.single)) : Vector(double: tanh(x.double))
  }

  @inline(__always)
  static func erf<E: Scalar>(_ x: Vector<E>) -> Vector<E> {
    E.self == Float.self ? Vector(single: erf(x.single)) : Vector(double: erf(x.double))
  }

  /// `1 / (1 + exp(-x))`.
  @inline(__always)
  static func sigmoid<E: Scalar>(_ x: Vector<E>) -> Vector<E> {
    E.self == Float.self
      ? Vector(single: 1 / (1 + exp(0 - x.single))) : Vector(double: 1 / (1 + exp(0 - x.double)))
  }

  /// `max(x, 0)`.
  @inline(__always)
  static func positive<E: Scalar>(_ x: Vector<E>) -> Vector<E> {
    E.self == Float.self
      ? Vector(single: x.single.replacing(with: 0, where: x.single .< 0))
      : Vector(double: x.double.replacing(with: 0, where: x.double .< 0))
  }

  /// `min(x, limit)`; what is not a number stays so.
  @inline(__always)
  static func smaller<E: Scalar>(_ x: Vector<E>, _ limit: E) -> Vector<E> {
    let limit = Vector(repeating: limit)
    return E.self == Float.self
      ? Vector(single: x.single.replacing(with: limit.single, where: x.single .> limit.single))
      : Vector(double: x.double.replacing(with: limit.double, where: x.double .> limit.double))
  }

  /// `min(max(x, low), high)`; what is not a number stays so.
  @inline(__always)
  static func clamped<E: Scalar>(_ x: Vector<E>, from low: E, to high: E) -> Vector<E> {
    let below = Vector(repeating: low)
    let x = smaller(x, high)
    return E.self == Float.self
      ? Vector(single: x.single.replacing(with: below.single, where: x.single .< below.single))
      : Vector(double: x.double.replacing(with: below.double, where: x.double .< below.double))
  }

  /// The square root.
  @inline(__always)
  static func squareRoot<E: Scalar>(_ x: Vector<E>) -> Vector<E> {
    E.self == Float.self
      ? Vector(single: x.single.squareRoot()) : Vector(double: x.double.squareRoot())
  }

  /// `ln(1 + eˣ)`, by the C library lane by lane: what uses it is rare.
  @inline(never)
  static func softplus<E: Scalar>(_ x: Vector<E>) -> Vector<E> {
    var result = x
    for lane in 0..<8 {
      let number = Double(x.lanes[lane])
      // From here on the rest is too small for a float64; NaN stays NaN.
      if !(number > 40) { result.lanes[lane] = E(Foundation.log1p(Foundation.exp(number))) }
    }
    return result
  }

  /// The derivative of `√softplus`: sigmoid(x) / (2 √softplus(x)), which goes to 0 as eˣ does.
  @inline(never)
  static func rootSoftplusSlope<E: Scalar>(_ x: Vector<E>) -> Vector<E> {
    var result = x
    for lane in 0..<8 {
      let number = Double(x.lanes[lane])
      let power = Foundation.exp(min(number, 40))
      let root = (number > 40 ? number : Foundation.log1p(power)).squareRoot()
      result.lanes[lane] = E(root == 0 ? 0 : power / (1 + power) / (2 * root))
    }
    return result
  }

  /// 1 where `x` is positive, 0 elsewhere.
  @inline(__always)
  static func step<E: Scalar>(_ x: Vector<E>) -> Vector<E> {
    E.self == Float.self
      ? Vector(single: SIMD8(repeating: 0).replacing(with: 1, where: x.single .> 0))
      : Vector(double: SIMD8(repeating: 0).replacing(with: 1, where: x.double .> 0))
  }

  /// `sum + a * b`; see `Vector.adding`.
  @inline(__always)
  static func fused(
    _ sum: SIMD8<Float>, _ a: SIMD8<Float>, _ b: SIMD8<Float>
  ) -> SIMD8<Float> {
    #if SONDE_FMA || arch(arm64)
      sum.addingProduct(a, b)
    #else
      sum + a * b
    #endif
  }

  /// `sum + a * b`; see `Vector.adding`.
  @inline(__always)
  static func fused(
    _ sum: SIMD8<Double>, _ a: SIMD8<Double>, _ b: SIMD8<Double>
  ) -> SIMD8<Double> {
    #if SONDE_FMA || arch(arm64)
      sum.addingProduct(a, b)
    #else
      sum + a * b
    #endif
  }
}

extension SIMD8<Float> {
  /// One step of Horner's scheme: `self · x + coefficient`.
  @inline(__always)
  func then(_ coefficient: Float, _ x: Self) -> Self {
    VectorMath.fused(Self(repeating: coefficient), self, x)
  }

  /// `self + a * b`; see `Vector.adding`.
  @inline(__always)
  func adding(_ a: Self, times b: Self) -> Self { VectorMath.fused(self, a, b) }
}

extension SIMD8<Double> {
  /// One step of Horner's scheme: `self · x + coefficient`.
  @inline(__always)
  func then(_ coefficient: Double, _ x: Self) -> Self {
    VectorMath.fused(Self(repeating: coefficient), self, x)
  }

  /// `self + a * b`; see `Vector.adding`.
  @inline(__always)
  func adding(_ a: Self, times b: Self) -> Self { VectorMath.fused(self, a, b) }
}
