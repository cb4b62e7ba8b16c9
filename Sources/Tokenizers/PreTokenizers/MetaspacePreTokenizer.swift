/// sentencepiece's pre-tokenizer: spaces become a visible sign, and words begin with it.
struct MetaspacePreTokenizer: PreTokenizer {
  /// Which splits get the sign in front when they do not begin with it.
  enum PrependScheme: String, Sendable {
    case always, first, never
  }

  let replacement: Unicode.Scalar
  let prependScheme: PrependScheme
  let splits: Bool

  func split(_ input: inout SplitText) throws(TokenizerError) {
    var output = SplitText()
    for split in input.splits {
      if split.token != nil {
        output.append(input.text, split.range, token: split.token)
      } else {
        append(input.text.part(split.range), to: &output)
      }
    }
    input = output
  }

  private func append(_ part: AlignedText, to output: inout SplitText) {
    var text = part
    text.map { $0 == " " ? replacement : $0 }
    let wantsSign = prependScheme == .always || (prependScheme == .first && part.origin == 0)
    if wantsSign, text.scalars.first != replacement {
      text.prepend([replacement])
    }
    let whole = 0..<text.scalars.count
    var words = [whole]
    if splits {
      words.removeAll()
      let signs = whole.filter { text.scalars[$0] == replacement }.map { $0..<$0 + 1 }
      SplitBehavior.mergedWithNext.cut(whole, at: signs, into: &words)
    }
    for word in words {
      output.append(text, word)
    }
  }
}
