import Foundation

/// Numbers rounded to half precision, as bytes.
enum HalfNumbers {
  /// The little-endian binary16 numbers nearest to `numbers`; what is too large becomes infinite.
  static func data(of numbers: UnsafeBufferPointer<Float>) -> Data {
    var bytes = Data(capacity: 2 * numbers.count)
    for number in numbers {
      let bits = Float16(number).bitPattern
      bytes.append(UInt8(truncatingIfNeeded: bits))
      bytes.append(UInt8(truncatingIfNeeded: bits >> 8))
    }
    return bytes
  }
}
