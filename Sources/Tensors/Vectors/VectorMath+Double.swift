import Foundation

/// As for `Float`, with longer polynomials.
extension VectorMath {
  /// The exponential: within 1.5 units in the last place, subnormal results included.
  @inline(__always)
  static func exp(_ x: SIMD8<Double>) -> SIMD8<Double> {
    var x = x
    // What underflows is set aside: the processor is slow on it, and masked scores are full of it.
    let isNothing = x .< -746
    x.replace(with: 0, where: isNothing)
    x.replace(with: 710, where: x .> 710)
    // As for `Float`, with 1.5·2⁵².
    let rounder = SIMD8<Double>(repeating: 6_755_399_441_055_744)
    let shifted = rounder.adding(x, times: SIMD8(repeating: 1.442_695_040_888_963_4))
    let whole = shifted - rounder
    let power = unsafeBitCast(shifted, to: SIMD8<Int64>.self) &- 0x4338_0000_0000_0000
    let r =
      x.adding(whole, times: SIMD8(repeating: -0x1.62E42FEE00000p-1))
      .adding(whole, times: SIMD8(repeating: -0x1.A39EF35793C76p-33))
    let tail = SIMD8<Double>(repeating: 2.510_134_692_835_034_02e-8)
      .then(2.762_133_866_914_292_38e-7, r).then(2.755_726_641_861_232_37e-6, r)
      .then(2.480_151_864_139_599_36e-5, r).then(1.984_126_986_438_051_33e-4, r)
      .then(1.388_888_891_893_916_78e-3, r).then(8.333_333_333_329_793_5e-3, r)
      .then(4.166_666_666_662_063_86e-2, r).then(0.166_666_666_666_666_675, r)
      .then(0.500_000_000_000_000_113, r)
    let y = r.adding(r * r, times: tail) + 1
    let half = power &>> 1
    return (y * powerOfTwo(half) * powerOfTwo(power &- half)).replacing(with: 0, where: isNothing)
  }

  @inline(__always)
  private static func powerOfTwo(_ exponent: SIMD8<Int64>) -> SIMD8<Double> {
    unsafeBitCast((exponent &+ 1023) &<< 52, to: SIMD8<Double>.self)
  }

  /// The hyperbolic tangent: within 2.5 units in the last place.
  @inline(__always)
  static func tanh(_ x: SIMD8<Double>) -> SIMD8<Double> {
    let square = x * x
    let tail = SIMD8<Double>(repeating: 6.485_163_482_793_113_15e-6)
      .then(-3.120_110_142_579_74e-5, square).then(9.257_116_129_556_768_27e-5, square)
      .then(-2.375_906_496_055_561_96e-4, square).then(5.896_606_577_757_043_35e-4, square)
      .then(-1.455_775_412_047_805_51e-3, square).then(3.592_121_751_154_962_27e-3, square)
      .then(-8.863_235_103_240_877_92e-3, square).then(2.186_948_851_900_830_58e-2, square)
      .then(-5.396_825_396_789_699_17e-2, square).then(0.133_333_333_333_330_416, square)
      .then(-0.333_333_333_333_333_329, square)
    let near = x.adding(x * square, times: tail)
    let size = x.replacing(with: 0 - x, where: x .< 0)
    let far = 1 - 2 / (exp(size + size) + 1)
    return near.replacing(with: far.replacing(with: 0 - far, where: x .< 0), where: size .> 0.625)
  }

  /// The error function, by the C library: float64 is for checking, not for speed.
  @inline(__always)
  static func erf(_ x: SIMD8<Double>) -> SIMD8<Double> {
    var result = x
    for lane in 0..<8 { result[lane] = Foundation.erf(x[lane]) }
    return result
  }
}
