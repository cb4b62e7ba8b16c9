/// Removes combining marks (general category M); composed letters must have been decomposed.
struct StripAccentsNormalizer: Normalizer {
  func normalize(_ text: inout AlignedText) throws(TokenizerError) {
    text.filter { !$0.wasMark9 }
  }
}
