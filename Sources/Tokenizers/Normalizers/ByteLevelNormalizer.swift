/// Writes every UTF-8 byte as a scalar of the byte alphabet.
struct ByteLevelNormalizer: Normalizer {
  func normalize(_ text: inout AlignedText) throws(TokenizerError) {
    text.flatMap { scalar, result in
      for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter {
        result.append(ByteAlphabet.scalars[Int(byte)])
      }
    }
  }
}
