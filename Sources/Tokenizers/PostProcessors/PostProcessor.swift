/// A token on its way through the post-processors.
struct PlacedToken {
  var id: Int
  var offsets: Range<Int>
  var origin: Token.Origin
  var type: Int
  var wordIndex: Int?
  /// White-space scalars at the ends of what the token stands for, which trimming takes off the
  /// offsets.
  var leadingSpaces = 0
  var trailingSpaces = 0

  /// A token of the template.
  static func template(_ id: Int, type: Int) -> PlacedToken {
    PlacedToken(id: id, offsets: 0..<0, origin: .template, type: type, wordIndex: nil)
  }
}

/// The tokens of one text, or a run of template tokens.
struct Segment {
  var tokens: [PlacedToken]
  /// The text's UTF-8; empty for template tokens.
  var source: [UInt8] = []
  /// Whether this is a text, not a run of template tokens.
  var isText = false
}

/// The stage that puts the tokens of one text, or of a pair, into their final sequence.
protocol PostProcessor: Sendable {
  func process(_ segments: [Segment], addsSpecialTokens: Bool) -> [Segment]
}

/// Several post-processors, one after the other.
struct PostProcessorSequence: PostProcessor {
  let stages: [any PostProcessor]

  func process(_ segments: [Segment], addsSpecialTokens: Bool) -> [Segment] {
    stages.reduce(segments) { $1.process($0, addsSpecialTokens: addsSpecialTokens) }
  }
}
