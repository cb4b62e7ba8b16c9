/// Puts spaces between words again.
struct WordPieceDecoder: PieceDecoder {
  let prefix: [UInt8]
  let cleansUp: Bool

  func decode(_ pieces: [[UInt8]]) -> [[UInt8]] {
    pieces.enumerated().map { index, piece in
      var piece = piece
      if index > 0 {
        if piece.starts(with: prefix) {
          piece.removeFirst(prefix.count)
        } else {
          piece.insert(UInt8(ascii: " "), at: 0)
        }
      }
      return cleansUp ? Self.cleanUp(piece) : piece
    }
  }

  /// Takes out spaces that tokenisation put around punctuation and English contractions.
  static func cleanUp(_ piece: [UInt8]) -> [UInt8] {
    let rules = [
      (" .", "."), (" ?", "?"), (" !", "!"), (" ,", ","), (" ' ", "'"), (" n't", "n't"),
      (" 'm", "'m"), (" do not", " don't"), (" 's", "'s"), (" 've", "'ve"), (" 're", "'re"),
    ]
    return rules.reduce(piece) { $0.replacing(bytes: $1.0.utf8, by: $1.1.utf8) }
  }
}
