/// Turns the visible sign back into spaces, and drops it from the first piece.
struct MetaspaceDecoder: PieceDecoder {
  let replacement: [UInt8]
  let dropsFirst: Bool

  func decode(_ pieces: [[UInt8]]) -> [[UInt8]] {
    pieces.enumerated().map { index, piece in
      piece.replacing(bytes: replacement, by: index == 0 && dropsFirst ? "".utf8 : " ".utf8)
    }
  }
}
