/// WordPiece: a word is cut greedily into the longest pieces that the
/// vocabulary has, or is unknown as a whole.
struct WordPieceModel: SubwordModel {
  let vocabulary: Vocabulary
  let unknownID: Int?
  /// What pieces that go on inside a word begin with, usually `##`.
  let continuingPrefix: [UInt8]
  /// Longer words are unknown.
  let longestWord: Int

  init(vocabulary: Vocabulary, unknownPiece: String, continuingPrefix: String, longestWord: Int) {
    self.vocabulary = vocabulary
    unknownID = vocabulary.id(of: unknownPiece.utf8)
    self.continuingPrefix = Array(continuingPrefix.utf8)
    self.longestWord = longestWord
  }

  func tokenize(
    _ word: ArraySlice<Unicode.Scalar>, into tokens: inout [ModelToken]
  ) throws(TokenizerError) {
    let bytes = utf8(word)
    let first = tokens.count
    var start = 0
    if word.count <= longestWord {
      while start < bytes.count, let piece = longestPiece(in: bytes, from: start) {
        tokens.append(piece)
        start = piece.end
      }
    }
    guard start < bytes.count else { return }
    tokens.removeSubrange(first...)
    guard let unknownID else { throw .noUnknownPiece("WordPiece") }
    tokens.append(ModelToken(id: unknownID, start: 0, end: bytes.count))
  }

  /// The longest piece that the word goes on with, found in one walk over the running hash.
  private func longestPiece(in bytes: [UInt8], from start: Int) -> ModelToken? {
    let prefix = start == 0 ? [] : continuingPrefix
    var hash = PieceHash()
    for byte in prefix {
      hash.combine(byte)
    }
    var longest: ModelToken?
    let bound = min(bytes.count, start + vocabulary.longestPiece)
    for end in start..<bound {
      hash.combine(bytes[end])
      let isBoundary = end + 1 == bytes.count || bytes[end + 1] & 0xC0 != 0x80
      if isBoundary, let id = id(hash: hash, prefix: prefix, bytes[start...end]) {
        longest = ModelToken(id: id, start: start, end: end + 1)
      }
    }
    return longest
  }

  private func id(hash: PieceHash, prefix: [UInt8], _ rest: ArraySlice<UInt8>) -> Int? {
    prefix.isEmpty
      ? vocabulary.id(hash: hash.value, of: rest)
      : vocabulary.id(hash: hash.value, prefix: prefix, rest: rest)
  }
}
