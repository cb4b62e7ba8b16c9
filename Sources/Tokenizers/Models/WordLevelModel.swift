/// A vocabulary of whole words.
struct WordLevelModel: SubwordModel {
  let vocabulary: Vocabulary
  let unknownID: Int?

  init(vocabulary: Vocabulary, unknownPiece: String) {
    self.vocabulary = vocabulary
    unknownID = vocabulary.id(of: unknownPiece.utf8)
  }

  func tokenize(
    _ word: ArraySlice<Unicode.Scalar>, into tokens: inout [ModelToken]
  ) throws(TokenizerError) {
    let bytes = utf8(word)
    guard let id = vocabulary.id(of: bytes) ?? unknownID else {
      throw .noUnknownPiece("word-level")
    }
    tokens.append(ModelToken(id: id, start: 0, end: bytes.count))
  }
}
