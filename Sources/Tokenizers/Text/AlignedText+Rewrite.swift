/// One scalar of a rewritten text, and how it relates to the scalars that it replaces.
struct RewrittenScalar {
  var scalar: Unicode.Scalar
  /// 1 if new, standing for the source of the scalar before it; 0 if it replaces one scalar; -n if
  /// it replaces one scalar and swallows the n that follow.
  var change: Int
}

extension AlignedText {
  /// Replaces the whole text by `rewritten`.
  ///
  /// Sources follow the `tokenizers` package: a replacing scalar takes the source of the first
  /// scalar that it replaces, a new one that of the last scalar already consumed.
  mutating func rewrite(_ rewritten: [RewrittenScalar]) {
    var result = AlignedText()
    result.origin = origin
    result.scalars.reserveCapacity(rewritten.count)
    result.sources.reserveCapacity(rewritten.count)
    var consumed = 0
    for item in rewritten {
      if item.change > 0 {
        let previous = min(consumed, sources.count) - 1
        let source =
          previous < 0 ? SourceRange(start: origin, end: origin) : sources[previous]
        result.append(item.scalar, from: source)
      } else {
        let index = min(consumed, sources.count - 1)
        guard index >= 0 else { break }
        result.append(item.scalar, from: sources[index])
        consumed += 1 - item.change
      }
    }
    self = result
  }

  /// Replaces each of `ranges` (ascending, not overlapping) by `content`, which stands for the
  /// last scalar of what it replaces.
  mutating func replace(_ ranges: [Range<Int>], with content: [Unicode.Scalar]) {
    guard !ranges.isEmpty else { return }
    var result = AlignedText()
    result.origin = origin
    var position = 0
    for range in ranges {
      result.append(self, position..<range.lowerBound)
      let source =
        range.upperBound > 0
        ? sources[range.upperBound - 1] : SourceRange(start: origin, end: origin)
      for scalar in content {
        result.append(scalar, from: source)
      }
      position = range.upperBound
    }
    result.append(self, position..<scalars.count)
    self = result
  }
}
