/// Polynomials were fitted by interpolation at Chebyshev nodes; their own error is below a third of
/// a unit in the last place.
extension VectorMath {
  /// The exponential: within 1 unit in the last place, subnormal results included.
  ///
  /// `x = n·ln 2 + r` with `|r| ≤ ln 2 / 2`; `exp r` by a polynomial. The power of two is applied in
  /// two halves, so that results may overflow and underflow gradually.
  @inline(__always)
  static func exp(_ x: SIMD8<Float>) -> SIMD8<Float> {
    var x = x
    // What underflows is set aside: the processor is slow on it, and masked scores are full of it.
    let isNothing = x .< -104
    x.replace(with: 0, where: isNothing)
    x.replace(with: 89, where: x .> 89)
    // Adding 1.5·2²³ rounds to a whole number, which then stands in the lowest bits.
    let rounder = SIMD8<Float>(repeating: 12_582_912)
    let shifted = rounder.adding(x, times: SIMD8(repeating: 1.442_695))
    let whole = shifted - rounder
    let power = unsafeBitCast(shifted, to: SIMD8<Int32>.self) &- 0x4B40_0000
    // The upper part of ln 2 has few enough bits for an exact product with `whole`.
    let r =
      x.adding(whole, times: SIMD8(repeating: -0.693_359_375))
      .adding(whole, times: SIMD8(repeating: 2.121_944_4e-4))
    let tail = SIMD8<Float>(repeating: 0.001_392_692_661)
      .then(0.008_363_773_874, r).then(0.041_666_550_11, r).then(0.166_665_733_8, r).then(0.5, r)
    let y = r.adding(r * r, times: tail) + 1
    let half = power &>> 1
    return (y * powerOfTwo(half) * powerOfTwo(power &- half)).replacing(with: 0, where: isNothing)
  }

  @inline(__always)
  private static func powerOfTwo(_ exponent: SIMD8<Int32>) -> SIMD8<Float> {
    unsafeBitCast((exponent &+ 127) &<< 23, to: SIMD8<Float>.self)
  }

  /// The hyperbolic tangent: within 2 units in the last place.
  @inline(__always)
  static func tanh(_ x: SIMD8<Float>) -> SIMD8<Float> {
    let square = x * x
    let tail = SIMD8<Float>(repeating: 0.002_292_744_816)
      .then(-0.008_343_945_516, square).then(0.021_768_918_65, square)
      .then(-0.053_959_259_58, square).then(0.133_333_035_6, square)
      .then(-0.333_333_331_7, square)
    let near = x.adding(x * square, times: tail)
    let size = x.replacing(with: 0 - x, where: x .< 0)
    let far = 1 - 2 / (exp(size + size) + 1)
    return near.replacing(with: withSign(far, of: x), where: size .> 0.625)
  }

  /// The error function: within 2 units in the last place.
  ///
  /// Near zero `x + x·P(x²)`; from 1 on `1 - exp(Q(|x|))`, where Q is the logarithm of the rest.
  @inline(__always)
  static func erf(_ x: SIMD8<Float>) -> SIMD8<Float> {
    let square = x * x
    let tail = SIMD8<Float>(repeating: 7.875_875_063e-5)
      .then(-8.016_864_287e-4, square).then(0.005_189_087_423, square)
      .then(-0.026_854_212_01, square).then(0.112_835_947_2, square)
      .then(-0.376_126_266_7, square).then(0.128_379_165_8, square)
    let near = x.adding(x, times: tail)
    var size = x.replacing(with: 0 - x, where: x .< 0)
    let isFar = size .> 1
    size.replace(with: 4, where: size .> 4)
    let exponent = SIMD8<Float>(repeating: -1.637_151_415e-6)
      .then(4.605_804_269e-5, size).then(-5.968_056_257e-4, size)
      .then(0.004_759_596_293, size).then(-0.026_421_136_01, size)
      .then(0.110_080_082_9, size).then(0.631_826_051_6, size).then(1.130_233_435, size)
      .then(-3.201_380_497e-4, size)
    return near.replacing(with: withSign(1 - exp(0 - exponent), of: x), where: isFar)
  }

  @inline(__always)
  private static func withSign(_ x: SIMD8<Float>, of sign: SIMD8<Float>) -> SIMD8<Float> {
    x.replacing(with: 0 - x, where: sign .< 0)
  }
}
