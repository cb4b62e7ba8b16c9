import Foundation

/// Transcendental functions of eight numbers at once.
enum VectorMath {
  @inline(__always)
  static func exp<E: Scalar>(_ x: Vector<E>) -> Vector<E> { map(x, Foundation.exp, Foundation.exp) }

  @inline(__always)
  static func tanh<E: Scalar>(_ x: Vector<E>) -> Vector<E> {
    map(x, Foundation.tanh, Foundation.tanh)
  }

  @inline(__always)
  static func erf<E: Scalar>(_ x: Vector<E>) -> Vector<E> { map(x, Foundation.erf, Foundation.erf) }

  @inline(__always)
  private static func map<E: Scalar>(
    _ x: Vector<E>, _ single: (Float) -> Float, _ double: (Double) -> Double
  ) -> Vector<E> {
    var result = x
    for lane in 0..<8 {
      result[lane] =
        E.self == Float.self ? E(single(Float(x[lane]))) : E(double(Double(x[lane])))
    }
    return result
  }
}
