/// Replaces every match of a pattern in every piece.
struct ReplaceDecoder: PieceDecoder {
  let pattern: Pattern
  let content: [Unicode.Scalar]

  func decode(_ pieces: [[UInt8]]) -> [[UInt8]] {
    pieces.map { piece in
      var text = AlignedText(String(decoding: piece, as: UTF8.self))
      // A pattern that takes too long leaves its piece as it is.
      guard let matches = try? pattern.matches(in: text.scalars, 0..<text.scalars.count),
        !matches.isEmpty
      else { return piece }
      text.replace(matches, with: content)
      return utf8(text.scalars)
    }
  }
}
