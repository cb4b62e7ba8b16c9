/// Joins all pieces to one.
struct FuseDecoder: PieceDecoder {
  func decode(_ pieces: [[UInt8]]) -> [[UInt8]] {
    [Array(pieces.joined())]
  }
}
