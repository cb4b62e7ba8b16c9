/// The ids of the pieces `<0x00>` … `<0xFF>`, which spell what a vocabulary has no piece for.
struct ByteFallbackPieces: Sendable {
  private let ids: [Int?]

  init(_ vocabulary: Vocabulary) {
    ids = (0..<256).map { vocabulary.id(of: Self.piece(UInt8($0)).utf8) }
  }

  /// How a vocabulary writes a byte.
  static func piece(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16, uppercase: true)
    return "<0x\(digits.count == 1 ? "0" : "")\(digits)>"
  }

  /// The byte that a piece (UTF-8) stands for, if it is written as one.
  static func byte(of piece: some Collection<UInt8>) -> UInt8? {
    guard piece.count == 6 else { return nil }
    let piece = Array(piece)
    guard piece.starts(with: "<0x".utf8), piece[5] == UInt8(ascii: ">") else { return nil }
    return UInt8(String(decoding: piece[3..<5], as: UTF8.self), radix: 16)
  }

  /// The ids that spell `bytes`; nil unless every byte has a piece.
  func ids(of bytes: some Sequence<UInt8>) -> [Int]? {
    var result: [Int] = []
    for byte in bytes {
      guard let id = ids[Int(byte)] else { return nil }
      result.append(id)
    }
    return result
  }
}
