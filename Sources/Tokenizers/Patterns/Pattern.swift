/// Something that text is searched for: a literal string or a regular expression.
///
/// Regular expressions mean what Oniguruma's Ruby syntax means, over scalars: that is what
/// tokenizer files are written for. Every search has a budget of steps in proportion to the text,
/// so an expression that explodes ends in an error.
struct Pattern: Sendable {
  private enum Kind: Sendable {
    case literal([Unicode.Scalar])
    case expression(PatternProgram, source: String)
  }

  private let kind: Kind

  /// A pattern that matches `text` itself.
  init(literal text: String) {
    kind = .literal(Array(text.unicodeScalars))
  }

  /// A regular expression; throws what is wrong with it.
  init(expression source: String) throws(PatternError) {
    var parser = PatternParser(source)
    kind = .expression(try PatternProgram(try parser.parse()), source: source)
  }

  /// All matches within `range`, ascending and not overlapping.
  func matches(
    in scalars: [Unicode.Scalar], _ range: Range<Int>
  ) throws(TokenizerError) -> [Range<Int>] {
    switch kind {
    case .literal(let literal):
      return Self.occurrences(of: literal, in: scalars, range)
    case .expression(let program, let source):
      var matcher = PatternMatcher(program, scalars, range)
      guard let matches = matcher.allMatches() else {
        throw .cannotEncode(
          problem: "the tokenizer's pattern `\(source.prefix(60))` takes too long on it",
          help: "Split the text, or give token ids.")
      }
      return matches
    }
  }

  private static func occurrences(
    of literal: [Unicode.Scalar], in scalars: [Unicode.Scalar], _ range: Range<Int>
  ) -> [Range<Int>] {
    guard let first = literal.first else { return [] }
    var matches: [Range<Int>] = []
    var position = range.lowerBound
    while position + literal.count <= range.upperBound {
      let end = position + literal.count
      if scalars[position] == first,
        literal.count == 1 || scalars[position..<end].elementsEqual(literal)
      {
        matches.append(position..<end)
        position = end
      } else {
        position += 1
      }
    }
    return matches
  }
}

/// Why a regular expression cannot be used.
enum PatternError: Error {
  /// It breaks the rules of regular expressions.
  case invalid(String)
  /// It is valid and uses something that is not implemented.
  case unsupported(String)
}
