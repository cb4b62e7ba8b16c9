/// Cuts at scalars of a kind, with the delimiter treated in one of five ways.
struct ScalarSplitPreTokenizer: PreTokenizer {
  /// The kinds of scalars that pre-tokenizers cut at.
  enum Delimiter: Sendable {
    case whitespace, punctuation, number
    case scalar(Unicode.Scalar)

    func includes(_ scalar: Unicode.Scalar) -> Bool {
      switch self {
      case .whitespace: scalar.isSpace
      case .punctuation: scalar.wasPunctuation8
      case .number: scalar.isNumber
      case .scalar(let delimiter): scalar == delimiter
      }
    }
  }

  let delimiter: Delimiter
  let behavior: SplitBehavior

  func split(_ text: inout SplitText) throws(TokenizerError) {
    try text.cut { (parts, scalars, range) throws(TokenizerError) in
      let matches = range.filter { delimiter.includes(scalars[$0]) }.map { $0..<$0 + 1 }
      behavior.cut(range, at: matches, into: &parts)
    }
  }
}
