/// A running hash of a piece's bytes, so that every prefix of a text can be looked up in one walk.
///
/// The start is random for each process: a file cannot be written so that its pieces collide.
struct PieceHash {
  private static let start = UInt64.random(in: .min ... .max)

  private var state = PieceHash.start

  mutating func combine(_ byte: UInt8) {
    state = (state ^ UInt64(byte)) &* 0x9E37_79B9_7F4A_7C15
    state ^= state >> 29
  }

  /// The hash of what was combined so far.
  var value: UInt64 { state ^ (state >> 32) }
}
