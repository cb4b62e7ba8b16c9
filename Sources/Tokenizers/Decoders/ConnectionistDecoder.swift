/// Decodes connectionist temporal classification: repetitions and padding go.
///
/// Graves et al. 2006, Connectionist Temporal Classification.
struct ConnectionistDecoder: PieceDecoder {
  let padding: [UInt8]
  let wordDelimiter: [UInt8]
  let cleansUp: Bool

  func decode(_ pieces: [[UInt8]]) -> [[UInt8]] {
    var result: [[UInt8]] = []
    var previous: [UInt8]?
    for piece in pieces where piece != previous {
      previous = piece
      var text = piece.replacing(bytes: padding, by: "".utf8)
      if cleansUp {
        text = WordPieceDecoder.cleanUp(text).replacing(bytes: wordDelimiter, by: " ".utf8)
      }
      if !text.isEmpty { result.append(text) }
    }
    return result
  }
}
