import Testing

@testable import Tensors

@Suite struct HalfPrecisionTests {
  private func widen(_ bits: [UInt16], _ format: HalfPrecision.Format, shift: Int = 0) -> [Float] {
    // One byte in front, so that the values lie at odd addresses.
    let bytes =
      [UInt8](repeating: 0, count: shift) + bits.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
    return [Float](unsafeUninitializedCapacity: bits.count) { target, count in
      bytes.withUnsafeBytes { source in
        HalfPrecision.widen(
          from: UnsafeRawBufferPointer(rebasing: source[shift...]), format: format,
          to: target.extracting(0..<bits.count))
      }
      count = bits.count
    }
  }

  /// What IEEE 754 says that `bits` mean.
  private func meaning(_ bits: UInt16, exponentBits: Int) -> Float {
    let fractionBits = 15 - exponentBits
    let exponent = Int(bits >> fractionBits) & (1 << exponentBits - 1)
    let fraction = Double(Int(bits) & (1 << fractionBits - 1)) / Double(1 << fractionBits)
    let sign: Double = bits >> 15 == 1 ? -1 : 1
    let bias = 1 << (exponentBits - 1) - 1
    if exponent == 1 << exponentBits - 1 { return fraction == 0 ? Float(sign) * .infinity : .nan }
    let power = Double(sign: .plus, exponent: max(exponent, 1) - bias, significand: 1)
    return Float(sign * power * (exponent == 0 ? fraction : 1 + fraction))
  }

  @Test(arguments: [(HalfPrecision.Format.float16, 5), (.bfloat16, 8)])
  func everyValueIsExact(format: HalfPrecision.Format, exponentBits: Int) {
    let all = (0...UInt16.max).map { $0 }
    let found = widen(all, format, shift: 1)
    let wrong = zip(all, found).filter { bits, value in
      let truth = meaning(bits, exponentBits: exponentBits)
      return truth.isNaN ? !value.isNaN : truth.bitPattern != value.bitPattern
    }
    #expect(wrong.isEmpty)
  }

  @Test func shortRunsAndEmptyOnes() {
    #expect(widen([0x3C00, 0xC000, 0x0001], .float16) == [1, -2, 5.960_464_5e-8])
    #expect(widen([0x3F80], .bfloat16) == [1])
    #expect(widen([], .float16) == [])
  }
}
