/// Runs of word scalars and runs of other signs, without white space: `\w+|[^\w\s]+`.
struct WordPreTokenizer: PreTokenizer {
  func split(_ text: inout SplitText) throws(TokenizerError) {
    try text.cut { (parts, scalars, range) throws(TokenizerError) in
      var position = range.lowerBound
      while position < range.upperBound {
        let start = position
        let isWord = scalars[start].isWord
        let isSpace = scalars[start].isSpace
        repeat {
          position += 1
        } while position < range.upperBound && scalars[position].isWord == isWord
          && scalars[position].isSpace == isSpace
        if isWord || !isSpace { parts.append(start..<position) }
      }
    }
  }
}
