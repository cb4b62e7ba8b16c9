/// Replaces every match of a pattern.
struct ReplaceNormalizer: Normalizer {
  let pattern: Pattern
  let content: [Unicode.Scalar]

  func normalize(_ text: inout AlignedText) throws(TokenizerError) {
    let matches = try pattern.matches(in: text.scalars, 0..<text.scalars.count)
    text.replace(matches, with: content)
  }
}
