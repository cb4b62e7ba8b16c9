/// Takes up to so many of one character off the ends of every piece.
struct StripDecoder: PieceDecoder {
  let content: [UInt8]
  let start: Int
  let stop: Int

  func decode(_ pieces: [[UInt8]]) -> [[UInt8]] {
    pieces.map { piece in
      var rest = piece[...]
      for _ in 0..<start {
        guard rest.starts(with: content) else { break }
        rest = rest.dropFirst(content.count)
      }
      for _ in 0..<stop {
        guard rest.suffix(content.count).elementsEqual(content) else { break }
        rest = rest.dropLast(content.count)
      }
      return Array(rest)
    }
  }
}
