/// Joins runs of `<0x..>` pieces to text; a run that is no UTF-8 becomes a U+FFFD for each byte.
struct ByteFallbackDecoder: PieceDecoder {
  func decode(_ pieces: [[UInt8]]) -> [[UInt8]] {
    var result: [[UInt8]] = []
    var run: [UInt8] = []
    func flush() {
      guard !run.isEmpty else { return }
      if String(validating: run, as: UTF8.self) != nil {
        result.append(run)
      } else {
        result.append(contentsOf: repeatElement(Array("\u{FFFD}".utf8), count: run.count))
      }
      run.removeAll()
    }
    for piece in pieces {
      if let byte = ByteFallbackPieces.byte(of: piece) {
        run.append(byte)
      } else {
        flush()
        result.append(piece)
      }
    }
    flush()
    return result
  }
}
