/// Takes the white space that byte-level tokens carry off their offsets.
struct OffsetTrimmer: PostProcessor {
  /// A file can name the trimmer and switch it off.
  let isActive: Bool
  /// The first token's single leading space was put there by the pre-tokenizer and is kept.
  let addsPrefixSpace: Bool

  func process(_ segments: [Segment], addsSpecialTokens: Bool) -> [Segment] {
    guard isActive else { return segments }
    return segments.map { segment in
      var trimmed = segment
      for index in trimmed.tokens.indices {
        trim(&trimmed.tokens[index], isFirst: index == 0, source: segment.source)
      }
      return trimmed
    }
  }

  private func trim(_ token: inout PlacedToken, isFirst: Bool, source: [UInt8]) {
    var (start, end) = (token.offsets.lowerBound, token.offsets.upperBound)
    var leading = token.leadingSpaces
    if isFirst || start == 0, addsPrefixSpace, leading == 1 {
      leading = 0
    }
    while leading > 0, start < end {
      start += 1
      while start < end, source[start] & 0xC0 == 0x80 { start += 1 }
      leading -= 1
    }
    // White space that the text in front of the end cannot hold was not in the text.
    var trailing = token.trailingSpaces
    var trimmed = end
    while trailing > 0, trimmed > 0 {
      trimmed -= 1
      while trimmed > 0, source[trimmed] & 0xC0 == 0x80 { trimmed -= 1 }
      trailing -= 1
    }
    if trailing == 0 {
      end = max(trimmed, start)
    }
    token.offsets = start..<end
  }
}
