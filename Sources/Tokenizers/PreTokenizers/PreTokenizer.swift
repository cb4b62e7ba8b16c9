/// A stage that cuts text into words.
protocol PreTokenizer: Sendable {
  func split(_ text: inout SplitText) throws(TokenizerError)
}

/// Several pre-tokenizers, each cutting what the one before left.
struct PreTokenizerSequence: PreTokenizer {
  let stages: [any PreTokenizer]

  func split(_ text: inout SplitText) throws(TokenizerError) {
    for stage in stages {
      try stage.split(&text)
    }
  }
}
