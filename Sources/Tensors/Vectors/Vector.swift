/// Eight numbers that kernels work on at once: one 256-bit register of `Float`, two of `Double`.
///
/// Operators on a generic `SIMD8<E>` are loops over its lanes, which compile to vector instructions
/// only by luck. These choose the operators of the concrete types, and the choice is made when a
/// kernel is specialised. Sums are kept per lane, so the order of additions depends on the width
/// alone.
struct Vector<E: Scalar> {
  var lanes: SIMD8<E>

  @inline(__always)
  init(_ lanes: SIMD8<E>) { self.lanes = lanes }

  /// Zeros.
  @inline(__always)
  init() { lanes = SIMD8() }

  @inline(__always)
  init(repeating value: E) { lanes = SIMD8(repeating: value) }

  /// Eight neighbours, at any address.
  @inline(__always)
  init(at pointer: UnsafePointer<E>) {
    lanes = UnsafeRawPointer(pointer).loadUnaligned(as: SIMD8<E>.self)
  }

  /// Eight neighbours, at any address.
  @inline(__always)
  init(at pointer: UnsafeMutablePointer<E>) { self.init(at: UnsafePointer(pointer)) }

  /// The first `count` of eight neighbours, all of them when there are more; the other lanes are
  /// `filler`.
  @inline(__always)
  init(at pointer: UnsafePointer<E>, upTo count: Int, filler: E) {
    if count >= 8 {
      self.init(at: pointer)
    } else {
      self.init(part: pointer, count: count, filler: filler)
    }
  }

  @inline(never)
  private init(part pointer: UnsafePointer<E>, count: Int, filler: E) {
    lanes = SIMD8(repeating: filler)
    for lane in 0..<max(count, 0) { lanes[lane] = pointer[lane] }
  }

  /// The first `count` of eight neighbours, all of them when there are more; the other lanes are
  /// `filler`.
  @inline(__always)
  init(at pointer: UnsafeMutablePointer<E>, upTo count: Int, filler: E) {
    self.init(at: UnsafePointer(pointer), upTo: count, filler: filler)
  }

  @inline(__always)
  func store(to pointer: UnsafeMutablePointer<E>) {
    UnsafeMutableRawPointer(pointer).storeBytes(of: lanes, as: SIMD8<E>.self)
  }

  /// Stores the first `count` lanes, all of them when `count` is larger.
  @inline(__always)
  func store(to pointer: UnsafeMutablePointer<E>, upTo count: Int) {
    if count >= 8 {
      store(to: pointer)
    } else {
      storePart(to: pointer, count: count)
    }
  }

  @inline(never)
  private func storePart(to pointer: UnsafeMutablePointer<E>, count: Int) {
    for lane in 0..<max(count, 0) { pointer[lane] = lanes[lane] }
  }
}

// MARK: Arithmetic

extension Vector {
  @inline(__always)
  static func + (a: Vector, b: Vector) -> Vector { choose(a, b, { $0 + $1 }, { $0 + $1 }) }

  @inline(__always)
  static func - (a: Vector, b: Vector) -> Vector { choose(a, b, { $0 - $1 }, { $0 - $1 }) }

  @inline(__always)
  static func * (a: Vector, b: Vector) -> Vector { choose(a, b, { $0 * $1 }, { $0 * $1 }) }

  @inline(__always)
  static func / (a: Vector, b: Vector) -> Vector { choose(a, b, { $0 / $1 }, { $0 / $1 }) }

  @inline(__always)
  static func * (a: Vector, b: E) -> Vector { a * Vector(repeating: b) }

  @inline(__always)
  static func += (a: inout Vector, b: Vector) { a = a + b }

  @inline(__always)
  static func *= (a: inout Vector, b: Vector) { a = a * b }

  /// `self + a * b`, fused where the processor has an instruction for it.
  ///
  /// Without one, the fused form is a library call per lane: exact, and hundreds of times slower.
  @inline(__always)
  func adding(_ a: Vector, times b: Vector) -> Vector {
    if E.self == Float.self {
      return Vector(single: VectorMath.fused(single, a.single, b.single))
    }
    return Vector(double: VectorMath.fused(double, a.double, b.double))
  }

  /// The sum of the lanes, in an order that does not change.
  @inline(__always)
  func sum() -> E {
    E.self == Float.self
      ? unsafeBitCast(single.sum(), to: E.self) : unsafeBitCast(double.sum(), to: E.self)
  }

  /// The larger of two numbers in each lane; `b` where either is NaN.
  @inline(__always)
  static func larger(_ a: Vector, _ b: Vector) -> Vector {
    choose(
      a, b, { $1.replacing(with: $0, where: $0 .> $1) }, { $1.replacing(with: $0, where: $0 .> $1) }
    )
  }

  /// The largest lane.
  @inline(__always)
  func largest() -> E {
    var top = lanes[0]
    for lane in 1..<8 where lanes[lane] > top { top = lanes[lane] }
    return top
  }
}

// MARK: Concrete types

extension Vector {
  @inline(__always)
  var single: SIMD8<Float> { unsafeBitCast(lanes, to: SIMD8<Float>.self) }

  @inline(__always)
  var double: SIMD8<Double> { unsafeBitCast(lanes, to: SIMD8<Double>.self) }

  @inline(__always)
  init(single: SIMD8<Float>) { lanes = unsafeBitCast(single, to: SIMD8<E>.self) }

  @inline(__always)
  init(double: SIMD8<Double>) { lanes = unsafeBitCast(double, to: SIMD8<E>.self) }

  @inline(__always)
  private static func choose(
    _ a: Vector, _ b: Vector, _ single: (SIMD8<Float>, SIMD8<Float>) -> SIMD8<Float>,
    _ double: (SIMD8<Double>, SIMD8<Double>) -> SIMD8<Double>
  ) -> Vector {
    E.self == Float.self
      ? Vector(single: single(a.single, b.single)) : Vector(double: double(a.double, b.double))
  }
}
