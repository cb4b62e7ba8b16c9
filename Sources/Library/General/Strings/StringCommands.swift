import Foundation
import Language

/// Commands on text.
enum StringCommands {
  static let builtins = [split, join, trim, upper, lower]

  static let split = Builtin(
    "split", "Cuts a string at a separator.",
    Parameter<String>("text", "The string.", .piped),
    Parameter<String>("separator", "Where to cut; without it, at white space.", default: ""),
    returns: "list", family: .strings, alsoFoundAs: ["cut", "words", "fields"],
    examples: [
      Example(#"split "a, b, c" ", ""#, shows: "At commas.", gives: .strings("a", "b", "c")),
      Example(
        #"split "  the  cat ""#, shows: "Words, without empty ones.", gives: .strings("the", "cat")),
      Example(#"split "a,,b" ",""#, shows: "Empty pieces stay.", gives: .strings("a", "", "b")),
    ]
  ) { context, text, separator throws(Failure) in
    let pieces =
      separator.isEmpty
      ? try words(of: text, context)
      : try TextSearch(separator).pieces(of: text, context.interruption)
    return .list(of: try context.interruption.mapping(pieces) { .string(String($0)) })
  }

  /// What stands between white space.
  private static func words(of text: String, _ context: Context) throws(Failure) -> [Substring] {
    var words: [Substring] = []
    var start = text.startIndex
    var place = start
    var steps = 0
    while place < text.endIndex {
      if steps & 0xFFF == 0 { try context.interruption.check() }
      steps += 1
      let next = text.index(after: place)
      if text[place].isWhitespace {
        if start < place { words.append(text[start..<place]) }
        start = next
      }
      place = next
    }
    if start < place { words.append(text[start..<place]) }
    return words
  }

  static let join = Builtin(
    "join", "Puts the elements of a list into one string, with a separator between them.",
    Parameter<Rows>("items", "Strings, or values that are written as text.", .piped),
    Parameter<String>("separator", "What stands between them.", default: ""),
    returns: "string", family: .strings, alsoFoundAs: ["concatenate", "glue"],
    examples: [
      Example(#"["a", "b"] | join ", ""#, shows: "With commas.", gives: .string("a, b")),
      Example(#"join [1, 2] "-""#, shows: "Numbers as text.", gives: .string("1-2")),
      Example("join []", shows: "Nothing gives the empty string.", gives: .string("")),
    ]
  ) { context, items, separator throws(Failure) in
    guard case .list(let list) = items else {
      throw Failure(
        "wrong-type", "`join` makes a string of a list, not of a table", argument: "items",
        help:
          "`merge a b on: [\"layer\"]` puts tables side by side; `flatten [a, b]` under one another"
      )
    }
    var text = ""
    for (place, element) in list.enumerated() {
      if place & 0xFF == 0 { try context.interruption.check() }
      if place > 0 { text += separator }
      text += element.plainText
      guard text.utf8.count <= Value.longestText else {
        throw Failure("too-large", "the text would be too large", argument: "items")
      }
    }
    return .string(text)
  }

  static let trim = Builtin(
    "trim", "Drops white space and line breaks from both ends.",
    Parameter<String>("text", "The string.", .piped),
    returns: "string", family: .strings, alsoFoundAs: ["strip", "white space"],
    examples: [Example(#"trim "  a b\n""#, shows: "The inside stays.", gives: .string("a b"))]
  ) { _, text throws(Failure) in .string(text.trimmingCharacters(in: .whitespacesAndNewlines)) }

  static let upper = Builtin(
    "upper", "Makes letters capital.",
    Parameter<String>("text", "The string.", .piped),
    returns: "string", family: .strings, alsoFoundAs: ["uppercase", "capitals"],
    examples: [Example(#"upper "één""#, shows: "Any letters.", gives: .string("ÉÉN"))]
  ) { context, text throws(Failure) in
    .string(try inPieces(text, context) { $0.uppercased() })
  }

  static let lower = Builtin(
    "lower", "Makes letters small.",
    Parameter<String>("text", "The string.", .piped),
    returns: "string", family: .strings, alsoFoundAs: ["lowercase"],
    examples: [Example(#"lower "Lily""#, shows: "A name.", gives: .string("lily"))]
  ) { context, text throws(Failure) in
    .string(try inPieces(text, context) { $0.lowercased() })
  }

  /// What a change makes of a text of which each letter is changed by itself.
  private static func inPieces(
    _ text: String, _ context: Context, _ change: (Substring) -> String
  ) throws(Failure) -> String {
    var result = ""
    var start = text.startIndex
    while start < text.endIndex {
      try context.interruption.check()
      let end = text.index(start, offsetBy: 1 << 14, limitedBy: text.endIndex) ?? text.endIndex
      result += change(text[start..<end])
      start = end
    }
    return result
  }
}
