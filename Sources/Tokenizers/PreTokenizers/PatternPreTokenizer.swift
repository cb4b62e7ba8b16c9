/// Cuts at the matches of a pattern.
struct PatternPreTokenizer: PreTokenizer {
  let pattern: Pattern
  let behavior: SplitBehavior
  let inverted: Bool

  func split(_ text: inout SplitText) throws(TokenizerError) {
    try text.cut { (parts, scalars, range) throws(TokenizerError) in
      let matches = try pattern.matches(in: scalars, range)
      behavior.cut(range, at: matches, inverted: inverted, into: &parts)
    }
  }
}
