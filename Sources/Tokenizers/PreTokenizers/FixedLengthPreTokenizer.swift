/// Cuts into parts of a fixed number of scalars.
struct FixedLengthPreTokenizer: PreTokenizer {
  let length: Int

  func split(_ text: inout SplitText) throws(TokenizerError) {
    try text.cut { (parts, _, range) throws(TokenizerError) in
      for start in stride(from: range.lowerBound, to: range.upperBound, by: length) {
        parts.append(start..<min(start + length, range.upperBound))
      }
    }
  }
}
