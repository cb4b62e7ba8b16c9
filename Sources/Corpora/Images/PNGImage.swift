import Foundation
import Tensors

/// Writes images as PNG without compression.
public enum PNGImage {
  /// The bytes of a PNG file of `pixels`: channels red, green and blue from 0 to 1, axes channel,
  /// height, width.
  ///
  /// - Throws: `ImageError` when the shape is another one.
  public static func data(_ pixels: Tensor<Float>) throws(ImageError) -> Data {
    let shape = pixels.shape
    guard shape.count == 3, shape[0] == 3, shape[1] > 0, shape[2] > 0 else {
      throw .shape(what: "a picture", expected: "[3, height, width]", found: shape)
    }
    let (height, width) = (shape[1], shape[2])
    let elements = pixels.elements
    var rows: [UInt8] = []
    rows.reserveCapacity(height * (3 * width + 1))
    for row in 0..<height {
      rows.append(0)  // No filter.
      for column in 0..<width {
        for channel in 0..<3 {
          let value = elements[(channel * height + row) * width + column]
          rows.append(UInt8(max(0, min(1, value)) * 255 + 0.5))
        }
      }
    }
    var file = Data([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
    let eightBitsOfColour: [UInt8] = [8, 2, 0, 0, 0]
    appendChunk("IHDR", bigEndian(width) + bigEndian(height) + eightBitsOfColour, to: &file)
    appendChunk("IDAT", stored(rows), to: &file)
    appendChunk("IEND", [], to: &file)
    return file
  }

  private static func bigEndian(_ number: Int) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * $0)) }
  }

  private static func appendChunk(_ name: String, _ content: [UInt8], to file: inout Data) {
    let named = Array(name.utf8) + content
    file.append(contentsOf: bigEndian(content.count))
    file.append(contentsOf: named)
    file.append(contentsOf: bigEndian(Int(cyclicRedundancyCheck(named))))
  }

  /// A zlib stream (RFC 1950) of stored blocks (RFC 1951).
  private static func stored(_ bytes: [UInt8]) -> [UInt8] {
    var stream: [UInt8] = [0x78, 0x01]
    var start = 0
    repeat {
      let end = min(start + 65535, bytes.count)
      let count = end - start
      stream.append(end == bytes.count ? 1 : 0)
      for number in [count, ~count] {
        stream.append(UInt8(truncatingIfNeeded: number))
        stream.append(UInt8(truncatingIfNeeded: number >> 8))
      }
      stream.append(contentsOf: bytes[start..<end])
      start = end
    } while start < bytes.count
    var (low, high) = (1, 0)
    for byte in bytes {
      low = (low + Int(byte)) % 65521
      high = (high + low) % 65521
    }
    return stream + bigEndian(high << 16 | low)
  }

  private static func cyclicRedundancyCheck(_ bytes: [UInt8]) -> UInt32 {
    var sum: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      sum = checkTable[Int((sum ^ UInt32(byte)) & 0xFF)] ^ (sum >> 8)
    }
    return ~sum
  }

  private static let checkTable: [UInt32] = (0..<256).map { (byte: UInt32) in
    (0..<8).reduce(byte) { sum, _ in sum & 1 == 1 ? 0xEDB8_8320 ^ (sum >> 1) : sum >> 1 }
  }
}
