/// The two 16-bit formats that checkpoints are stored in, and their widening to `Float`.
///
/// Widening is exact: every 16-bit value has a 32-bit twin, subnormals, infinities and NaN included.
public enum HalfPrecision {
  /// How 16 bits are read as a number.
  public enum Format: Sendable {
    /// IEEE 754 binary16: 5 bits of exponent, 10 of fraction.
    case float16
    /// The upper half of a binary32: 8 bits of exponent, 7 of fraction.
    case bfloat16
  }

  /// Widens the little-endian 16-bit values in `source`, which may lie at any address.
  ///
  /// `source` must hold two bytes for each element of `target`.
  public static func widen(
    from source: UnsafeRawBufferPointer, format: Format,
    to target: UnsafeMutableBufferPointer<Float>
  ) {
    precondition(source.count >= 2 * target.count, "two bytes per element")
    guard let bytes = source.baseAddress, let numbers = target.baseAddress else { return }
    let width = 8
    var index = 0
    while index + width <= target.count {
      let stored = bytes.loadUnaligned(fromByteOffset: 2 * index, as: SIMD8<UInt16>.self)
      let bits = SIMD8<UInt32>(truncatingIfNeeded: stored)
      let wide = format == .float16 ? widenFloat16(bits) : widenBFloat16(bits)
      UnsafeMutableRawPointer(numbers + index).storeBytes(of: wide, as: SIMD8<Float>.self)
      index += width
    }
    while index < target.count {
      let stored = bytes.loadUnaligned(fromByteOffset: 2 * index, as: UInt16.self)
      let bits = SIMD8<UInt32>(repeating: UInt32(stored))
      numbers[index] = (format == .float16 ? widenFloat16(bits) : widenBFloat16(bits))[0]
      index += 1
    }
  }

  @inline(__always)
  private static func widenBFloat16(_ bits: SIMD8<UInt32>) -> SIMD8<Float> {
    unsafeBitCast(bits &<< 16, to: SIMD8<Float>.self)
  }

  /// Moves exponent and fraction into place and corrects the bias by an exact product, which also
  /// normalises subnormals; what was infinite or NaN gets the largest exponent back.
  @inline(__always)
  private static func widenFloat16(_ bits: SIMD8<UInt32>) -> SIMD8<Float> {
    let sign = (bits & 0x8000) &<< 16
    let magnitude = bits & 0x7FFF
    let rebias = SIMD8<Float>(repeating: Float(sign: .plus, exponent: 112, significand: 1))
    let scaled = unsafeBitCast(magnitude &<< 13, to: SIMD8<Float>.self) * rebias
    var wide = unsafeBitCast(scaled, to: SIMD8<UInt32>.self)
    wide.replace(with: wide | 0x7F80_0000, where: magnitude .>= 0x7C00)
    return unsafeBitCast(wide | sign, to: SIMD8<Float>.self)
  }
}
