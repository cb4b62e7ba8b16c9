/// A text cut into words by the pre-tokenizers, some of which are added tokens already.
struct SplitText: Sendable {
  /// A run of scalars, and the token that it is if that is settled.
  struct Split: Sendable {
    var range: Range<Int>
    var token: Int?
  }

  var text = AlignedText()
  var splits: [Split] = []

  /// Appends `part` of `other` as one split; empty parts are dropped, as the reference does.
  mutating func append(_ other: AlignedText, _ part: Range<Int>, token: Int? = nil) {
    guard !part.isEmpty else { return }
    let start = text.scalars.count
    text.append(other, part)
    splits.append(Split(range: start..<text.scalars.count, token: token))
  }

  /// Appends everything that was written to `text` since `start` as one split.
  mutating func closeSplit(from start: Int) {
    guard start < text.scalars.count else { return }
    splits.append(Split(range: start..<text.scalars.count, token: nil))
  }

  /// Cuts every split that is no token yet into the parts that `cut` gives for it.
  mutating func cut(
    _ cut: (inout [Range<Int>], [Unicode.Scalar], Range<Int>) throws(TokenizerError) -> Void
  ) throws(TokenizerError) {
    var result: [Split] = []
    result.reserveCapacity(splits.count)
    var parts: [Range<Int>] = []
    for split in splits {
      guard split.token == nil else {
        result.append(split)
        continue
      }
      parts.removeAll(keepingCapacity: true)
      try cut(&parts, text.scalars, split.range)
      for part in parts where !part.isEmpty {
        result.append(Split(range: part, token: nil))
      }
    }
    splits = result
  }
}
