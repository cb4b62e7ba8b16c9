extension AnnotatedText {
  /// A text that nobody has annotated, cut into words by a rule.
  ///
  /// A word is a run of letters, digits and marks, with apostrophes between letters; every other
  /// character that is no white space is a word of its own. A sentence ends behind `.`, `!`, `?`
  /// and their like before white space, with the closing quotes and brackets that follow.
  public init(cutting text: String) {
    self.init(text)
    words = WordCutter.words(of: text)
  }
}

/// Cuts running text into words and sentences.
enum WordCutter {
  private static let closing: Set<Unicode.Scalar> = [
    "\"", "'", ")", "]", "\u{201D}", "\u{2019}", "\u{00BB}",
  ]
  private static let ending: Set<Unicode.Scalar> = [
    ".", "!", "?", "\u{2026}", "\u{3002}", "\u{FF01}", "\u{FF1F}",
  ]

  static func words(of text: String) -> [AnnotatedWord] {
    let scalars = Array(text.unicodeScalars)
    var words: [AnnotatedWord] = []
    var (offset, place, sentence) = (0, 0, 0)
    var hasEnded = false
    while place < scalars.count {
      if scalars[place].properties.isWhitespace {
        if hasEnded { (sentence, hasEnded) = (sentence + 1, false) }
        offset += UTF8.width(scalars[place])
        place += 1
        continue
      }
      var end = place + 1
      if isPart(scalars[place]) {
        while end < scalars.count, isPart(scalars[end]) || isApostrophe(at: end, scalars) {
          end += 1
        }
      }
      var spelled = String.UnicodeScalarView()
      spelled.append(contentsOf: scalars[place..<end])
      let word = String(spelled)
      let width = word.utf8.count
      words.append(AnnotatedWord(word, at: offset..<offset + width, sentence: sentence))
      hasEnded = ending.contains(scalars[place]) || hasEnded && closing.contains(scalars[place])
      offset += width
      place = end
    }
    return words
  }

  private static func isPart(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII {
      return ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
        || ("0"..."9").contains(scalar)
    }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .decimalNumber, .letterNumber, .otherNumber, .nonspacingMark, .spacingMark, .enclosingMark:
      return true
    default: return false
    }
  }

  private static func isApostrophe(at place: Int, _ scalars: [Unicode.Scalar]) -> Bool {
    (scalars[place] == "'" || scalars[place] == "\u{2019}") && place + 1 < scalars.count
      && isPart(scalars[place + 1])
  }
}
