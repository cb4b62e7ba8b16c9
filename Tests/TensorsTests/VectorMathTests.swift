import Foundation
import Testing

@testable import Tensors

@Suite struct VectorMathTests {
  /// Numbers over many sizes and both signs, the ends of the range, and what is not a number.
  static func arguments<E: Scalar>(_ type: E.Type, limit: Double) -> [E] {
    var numbers = Numbers(seed: 3)
    var list: [E] = [0, 1, -1, 0.625, -0.625, E(limit), E(-limit)]
    for index in 0..<20_000 {
      let size = index % 2 == 0 ? limit : exp(-Double(index % 40))
      list.append(E(numbers.next() * size))
    }
    while list.count % 8 != 0 { list.append(0) }
    return list
  }

  static func apply<E: Scalar>(
    _ function: (Vector<E>) -> Vector<E>, _ arguments: [E]
  ) -> [E] {
    stride(from: 0, to: arguments.count, by: 8).flatMap { start in
      let result = function(Vector(SIMD8(arguments[start..<(start + 8)]))).lanes
      return result.indices.map { result[$0] }
    }
  }

  /// The largest error in units in the last place of the correctly rounded result.
  static func worst<E: Scalar>(
    _ found: [E], _ arguments: [E], _ exact: (Double) -> Double
  ) -> Double {
    var worst = 0.0
    for (x, y) in zip(arguments, found) {
      let truth = exact(Double(x))
      let rounded = E(truth)
      if rounded.isInfinite || !y.isFinite {
        if rounded != y { return .infinity }
        continue
      }
      worst = max(worst, abs(Double(y) - truth) / Double(rounded.ulp))
    }
    return worst
  }

  @Test func exponentialOfFloats() {
    let x = Self.arguments(Float.self, limit: 110)
    #expect(Self.worst(Self.apply(VectorMath.exp, x), x, exp) <= 1)
  }

  @Test func hyperbolicTangentOfFloats() {
    let x = Self.arguments(Float.self, limit: 12)
    #expect(Self.worst(Self.apply(VectorMath.tanh, x), x, tanh) <= 2)
  }

  @Test func errorFunctionOfFloats() {
    let x = Self.arguments(Float.self, limit: 5)
    #expect(Self.worst(Self.apply(VectorMath.erf, x), x, erf) <= 2)
  }

  @Test func exponentialOfDoubles() {
    let x = Self.arguments(Double.self, limit: 750)
    #expect(Self.worst(Self.apply(VectorMath.exp, x), x, exp) <= 1.5)
  }

  @Test func hyperbolicTangentOfDoubles() {
    let x = Self.arguments(Double.self, limit: 25)
    #expect(Self.worst(Self.apply(VectorMath.tanh, x), x, tanh) <= 2.5)
  }

  @Test func endsOfTheRange() {
    let ends: SIMD8<Float> = [.infinity, -.infinity, .nan, 0, 89, -104, 1e30, -1e30]
    let powers = VectorMath.exp(ends)
    #expect(powers[0] == .infinity && powers[1] == 0 && powers[2].isNaN && powers[3] == 1)
    #expect(powers[4] == .infinity && powers[5] == 0 && powers[6] == .infinity && powers[7] == 0)
    let tangents = VectorMath.tanh(ends)
    #expect(tangents[0] == 1 && tangents[1] == -1 && tangents[2].isNaN && tangents[3] == 0)
    let errors = VectorMath.erf(ends)
    #expect(errors[0] == 1 && errors[1] == -1 && errors[2].isNaN && errors[3] == 0)
    let doubles = VectorMath.exp(SIMD8<Double>([.infinity, -.infinity, .nan, 0, 1, 2, 3, 4]))
    #expect(doubles[0] == .infinity && doubles[1] == 0 && doubles[2].isNaN && doubles[3] == 1)
  }
}
