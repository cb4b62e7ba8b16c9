extension Tokenizer {
  /// Longer texts are refused.
  private static let longestText = 1 << 28

  /// The tokens of `text`, or of the pair of `text` and `pair`, with the template's tokens around
  /// them unless `addSpecialTokens` is false.
  ///
  /// Special tokens that stand in the text are recognised in any case. Throws a `TokenizerError`
  /// when the vocabulary cannot express the text.
  public func encode(
    _ text: String, pair: String? = nil, addSpecialTokens: Bool = true
  ) throws(TokenizerError) -> Encoding {
    var segments = [try segment(text, origin: .text, type: 0)]
    if let pair {
      segments.append(try segment(pair, origin: .second, type: 1))
    }
    if let postProcessor = parts.postProcessor {
      segments = postProcessor.process(segments, addsSpecialTokens: addSpecialTokens)
    }
    var tokens: [Token] = []
    tokens.reserveCapacity(segments.reduce(0) { $0 + $1.tokens.count })
    for token in segments.lazy.flatMap(\.tokens) {
      tokens.append(
        Token(
          id: token.id, piece: piece(token.id) ?? "", offsets: token.offsets,
          origin: token.origin, type: token.type, wordIndex: token.wordIndex))
    }
    return Encoding(tokens: tokens)
  }

  /// The tokens of one text before any template.
  private func segment(
    _ text: String, origin: Token.Origin, type: Int
  ) throws(TokenizerError) -> Segment {
    guard text.utf8.count <= Self.longestText else {
      throw .cannotEncode(problem: "it is longer than 256 MB", help: "Split it.")
    }
    let normalizer = parts.normalizer
    var split = try parts.added.extract(from: AlignedText(text)) {
      (text) throws(TokenizerError) in try normalizer?.normalize(&text)
    }
    try parts.preTokenizer?.split(&split)
    var tokens: [PlacedToken] = []
    tokens.reserveCapacity(split.splits.count * 3 / 2)
    var found: [ModelToken] = []
    for (word, part) in split.splits.enumerated() {
      let first = tokens.count
      if let id = part.token {
        let (start, end) = (
          split.text.sources[part.range.lowerBound].start,
          split.text.sources[part.range.upperBound - 1].end
        )
        tokens.append(place(id, start, end, origin: origin, type: type))
        tokens[first].leadingSpaces = Self.spaces(split.text.scalars[part.range])
        tokens[first].trailingSpaces = Self.spaces(split.text.scalars[part.range].reversed())
      } else {
        found.removeAll(keepingCapacity: true)
        try parts.model.tokenize(split.text.scalars[part.range], into: &found)
        place(found, of: split.text, part.range, origin: origin, type: type, into: &tokens)
      }
      for index in first..<tokens.count {
        tokens[index].wordIndex = word
      }
    }
    return Segment(tokens: tokens, source: Array(text.utf8), isText: true)
  }

  private func place(
    _ id: Int, _ start: Int32, _ end: Int32, origin: Token.Origin, type: Int
  ) -> PlacedToken {
    PlacedToken(
      id: id, offsets: Int(start)..<Int(max(start, end)), origin: origin, type: type,
      wordIndex: nil)
  }

  /// Finds the source of each of a word's tokens, walking over the word's scalars once.
  private func place(
    _ found: [ModelToken], of text: AlignedText, _ range: Range<Int>, origin: Token.Origin,
    type: Int, into tokens: inout [PlacedToken]
  ) {
    var scalar = range.lowerBound
    var bytes = 0
    func advance(to byte: Int) {
      while scalar < range.upperBound - 1, bytes + text.scalars[scalar].utf8Width <= byte {
        bytes += text.scalars[scalar].utf8Width
        scalar += 1
      }
    }
    for token in found {
      advance(to: token.start)
      let (firstScalar, firstBytes) = (scalar, bytes)
      advance(to: token.end - 1)
      tokens.append(
        place(
          token.id, text.sources[firstScalar].start, text.sources[scalar].end, origin: origin,
          type: type))
      markSpaces(&tokens[tokens.count - 1], text.scalars[firstScalar...scalar])
      // Several tokens can stand for the same bytes, so the next one starts over from here.
      (scalar, bytes) = (firstScalar, firstBytes)
    }
  }

  /// Counts the white space at the ends of a token's piece, which byte-level pieces carry.
  private func markSpaces(_ token: inout PlacedToken, _ text: ArraySlice<Unicode.Scalar>) {
    if token.id == parts.model.unknownID, parts.model.unknownShowsText {
      token.leadingSpaces = Self.spaces(text)
      token.trailingSpaces = Self.spaces(text.reversed())
      return
    }
    guard let piece = parts.model.vocabulary.piece(token.id), let first = piece.first,
      let last = piece.last
    else { return }
    let isPlain = 0x21...0x7F
    guard !isPlain.contains(Int(first)) || !isPlain.contains(Int(last)) else { return }
    let scalars = Array(String(decoding: piece, as: UTF8.self).unicodeScalars)
    token.leadingSpaces = Self.spaces(scalars)
    token.trailingSpaces = Self.spaces(scalars.reversed())
  }

  private static func spaces(_ scalars: some Sequence<Unicode.Scalar>) -> Int {
    var count = 0
    for scalar in scalars {
      guard scalar.isSpace || scalar == ByteAlphabet.scalars[0x20] else { break }
      count += 1
    }
    return count
  }
}
