/// The bytes of a PNG file (ISO/IEC 15948): eight bits for each of red, green and blue.
enum PNGFile {
  /// The file of a raster.
  static func bytes(_ raster: Raster) -> [UInt8] {
    let lineLength = 3 * raster.width
    var lines: [UInt8] = []
    lines.reserveCapacity(raster.height * (lineLength + 1))
    for row in 0..<raster.height {
      lines.append(0)
      lines += raster.bytes[row * lineLength..<(row + 1) * lineLength]
    }
    let packed = Deflate.packed(lines, distances: [3, lineLength + 1])
    let header =
      bigEndian(UInt32(raster.width)) + bigEndian(UInt32(raster.height)) + [8, 2, 0, 0, 0]
    return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
      + chunk("IHDR", header) + chunk("IDAT", packed) + chunk("IEND", [])
  }

  static func bigEndian(_ number: UInt32) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
  }

  private static func chunk(_ name: String, _ data: [UInt8]) -> [UInt8] {
    let body = Array(name.utf8) + data
    return bigEndian(UInt32(data.count)) + body + bigEndian(checksum(body))
  }

  private static let table: [UInt32] = (0..<256).map { entry in
    (0..<8).reduce(UInt32(entry)) { value, _ in
      value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1
    }
  }

  /// The cyclic redundancy check of the standard's annex D.
  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(~UInt32(0)) { table[Int(($0 ^ UInt32($1)) & 0xFF)] ^ ($0 >> 8) }
  }
}
