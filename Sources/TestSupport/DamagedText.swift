/// Texts that differ from a script in one token: deleted, doubled or replaced.
///
/// Whatever a user mistypes, the parser must answer with a tree or with a diagnostic.
public enum DamagedText {
  /// What a token is replaced by.
  public static let replacements = [
    "(", ")", "[", "]", "{", "}", "|", ",", ":", ";", ".", "..", "@", "=", "=>", "-", "**", "\"",
    "'", "\"\"\"", "\\", "1", "x", "L1", "L", "let", "if", "else", "in", "not", "return", "\n", "é",
  ]

  /// All texts with one token deleted or doubled, and for each token some replacements.
  public static func variants(of text: String, replacementsPerToken: Int = 2) -> [String] {
    let tokens = tokens(text)
    var variants: [String] = []
    for place in tokens.indices {
      var shorter = tokens
      shorter.remove(at: place)
      variants.append(shorter.joined())
      var longer = tokens
      longer.insert(tokens[place], at: place)
      variants.append(longer.joined())
      for step in 0..<replacementsPerToken {
        var changed = tokens
        changed[place] = replacements[(place * 3 + step * 11) % replacements.count]
        variants.append(changed.joined())
      }
    }
    return variants
  }

  /// Pieces of a text that are roughly its tokens; joined they are the text.
  public static func tokens(_ text: String) -> [String] {
    func kind(_ character: Character) -> Int {
      if character.isLetter || character.isNumber || character == "_" { return 0 }
      return character.isWhitespace ? 1 : 2
    }
    var tokens: [String] = []
    var current = ""
    for character in text {
      if let last = current.last, kind(character) != kind(last) || kind(character) == 2 {
        tokens.append(current)
        current = ""
      }
      current.append(character)
    }
    return tokens + [current]
  }
}
