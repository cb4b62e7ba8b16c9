/// Puts a string in front of every text that is not empty.
struct PrependNormalizer: Normalizer {
  let prefix: [Unicode.Scalar]

  func normalize(_ text: inout AlignedText) throws(TokenizerError) {
    text.prepend(prefix)
  }
}
