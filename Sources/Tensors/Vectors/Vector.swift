/// The width that kernels work in: eight elements, one 256-bit register of `Float`, two of
/// `Double`.
///
/// Sums are kept per lane, so the order of additions depends on this width alone.
typealias Vector<Element: Scalar> = SIMD8<Element>

extension SIMD8 where Scalar: Tensors.Scalar {
  /// Eight neighbours, at any address.
  @inline(__always)
  init(at pointer: UnsafePointer<Scalar>) {
    self = UnsafeRawPointer(pointer).loadUnaligned(as: Self.self)
  }

  /// Eight neighbours, at any address.
  @inline(__always)
  init(at pointer: UnsafeMutablePointer<Scalar>) {
    self = UnsafeRawPointer(pointer).loadUnaligned(as: Self.self)
  }

  /// The first `count` of eight neighbours; the other lanes are `filler`.
  @inline(__always)
  init(at pointer: UnsafePointer<Scalar>, count: Int, filler: Scalar) {
    self.init(repeating: filler)
    for lane in 0..<count { self[lane] = pointer[lane] }
  }

  @inline(__always)
  func store(to pointer: UnsafeMutablePointer<Scalar>) {
    UnsafeMutableRawPointer(pointer).storeBytes(of: self, as: Self.self)
  }

  /// Stores the first `count` lanes.
  @inline(__always)
  func store(to pointer: UnsafeMutablePointer<Scalar>, count: Int) {
    for lane in 0..<count { pointer[lane] = self[lane] }
  }

  /// `self + a * b`, fused where the processor has an instruction for it.
  ///
  /// Without one, the fused form is a library call per lane: exact, and hundreds of times slower.
  @inline(__always)
  func adding(_ a: Self, times b: Self) -> Self {
    #if SONDE_FMA || arch(arm64)
      addingProduct(a, b)
    #else
      self + a * b
    #endif
  }
}
