/// A stage that rewrites text before it is cut into words.
protocol Normalizer: Sendable {
  func normalize(_ text: inout AlignedText) throws(TokenizerError)
}

/// Several normalizers, one after the other.
struct NormalizerSequence: Normalizer {
  let stages: [any Normalizer]

  func normalize(_ text: inout AlignedText) throws(TokenizerError) {
    for stage in stages {
      try stage.normalize(&text)
    }
  }
}
