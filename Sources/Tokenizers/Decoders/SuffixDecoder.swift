/// Turns end-of-word suffixes into spaces, except behind the last piece.
struct SuffixDecoder: PieceDecoder {
  let suffix: [UInt8]

  func decode(_ pieces: [[UInt8]]) -> [[UInt8]] {
    pieces.enumerated().map { index, piece in
      piece.replacing(bytes: suffix, by: index == pieces.count - 1 ? "".utf8 : " ".utf8)
    }
  }
}
