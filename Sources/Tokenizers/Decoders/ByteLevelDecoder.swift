/// Turns the byte alphabet back into bytes, and all pieces into one.
struct ByteLevelDecoder: PieceDecoder {
  func decode(_ pieces: [[UInt8]]) -> [[UInt8]] {
    var bytes: [UInt8] = []
    for piece in pieces {
      bytes.append(contentsOf: ByteAlphabet.bytes(of: piece) ?? piece)
    }
    return [bytes.repairedUTF8]
  }
}
