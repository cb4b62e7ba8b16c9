/// Removes white space at the ends.
struct StripNormalizer: Normalizer {
  let left: Bool
  let right: Bool

  func normalize(_ text: inout AlignedText) throws(TokenizerError) {
    let leading = left ? text.scalars.prefix { $0.isSpace }.count : 0
    let trailing = right ? text.scalars.reversed().prefix { $0.isSpace }.count : 0
    let end = max(leading, text.scalars.count - trailing)
    var stripped = AlignedText()
    stripped.origin = text.origin
    stripped.append(text, leading..<end)
    text = stripped
  }
}
