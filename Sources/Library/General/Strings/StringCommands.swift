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
  ) { _, text, separator throws(Failure) in
    let pieces =
      separator.isEmpty
      ? text.split(whereSeparator: \.isWhitespace).map(String.init)
      : text.components(separatedBy: separator)
    return .list(of: pieces.map { .string($0) })
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
  ) { _, items, separator throws(Failure) in
    guard case .list(let list) = items else {
      throw Failure(
        "wrong-type", "`join` makes a string of a list, not of a table", argument: "items",
        help:
          "`merge a b on: [\"layer\"]` puts tables side by side; `flatten [a, b]` under one another"
      )
    }
    return .string(list.map(\.plainText).joined(separator: separator))
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
  ) { _, text throws(Failure) in .string(text.uppercased()) }

  static let lower = Builtin(
    "lower", "Makes letters small.",
    Parameter<String>("text", "The string.", .piped),
    returns: "string", family: .strings, alsoFoundAs: ["lowercase"],
    examples: [Example(#"lower "Lily""#, shows: "A name.", gives: .string("lily"))]
  ) { _, text throws(Failure) in .string(text.lowercased()) }
}
