/// The 256 printable scalars that byte-level vocabularies write bytes with.
///
/// Printable bytes of Latin-1 stand for themselves; the other 68 are counted up from U+0100, so
/// that a space is written `Ġ` and a newline `Ċ`.
enum ByteAlphabet {
  /// The scalar of each byte.
  static let scalars: [Unicode.Scalar] = {
    var next: UInt32 = 0x100
    return (0..<256).map { byte in
      if isPrintable(byte) {
        return Unicode.Scalar(UInt8(byte))
      }
      defer { next += 1 }
      return Unicode.Scalar(next) ?? " "
    }
  }()

  /// The byte of each scalar below U+0144, or -1.
  private static let bytes: [Int16] = {
    var table = [Int16](repeating: -1, count: 0x144)
    for (byte, scalar) in scalars.enumerated() {
      table[Int(scalar.value)] = Int16(byte)
    }
    return table
  }()

  private static func isPrintable(_ byte: Int) -> Bool {
    (0x21...0x7E).contains(byte) || (0xA1...0xAC).contains(byte) || (0xAE...0xFF).contains(byte)
  }

  /// The byte that `scalar` stands for, if it is of the alphabet.
  static func byte(of scalar: Unicode.Scalar) -> UInt8? {
    guard scalar.value < UInt32(bytes.count) else { return nil }
    let byte = bytes[Int(scalar.value)]
    return byte < 0 ? nil : UInt8(byte)
  }

  /// The bytes that `piece` (UTF-8) stands for; nil when it holds a scalar beyond the alphabet.
  static func bytes(of piece: [UInt8]) -> [UInt8]? {
    var result: [UInt8] = []
    result.reserveCapacity(piece.count)
    for scalar in String(decoding: piece, as: UTF8.self).unicodeScalars {
      guard let byte = byte(of: scalar) else { return nil }
      result.append(byte)
    }
    return result
  }
}
