/// The words of the language as entries of the registry, so that help and search know them.
enum Keyword {
  static let entries = bindings + flow + values

  private static func word(
    _ name: String, _ summary: String, _ syntax: String, _ examples: Example...,
    also searchWords: [String] = [], details: String = ""
  ) -> Builtin {
    Builtin(
      keyword: name, summary, syntax: syntax, alsoFoundAs: searchWords, details: details,
      examples: examples)
  }

  private static let bindings = [
    word(
      "let", "Binds a name to a value.", "let NAME = VALUE",
      Example("let x = 2\nx * 3", shows: "The name stands for the value.", gives: .value(.int(6))),
      also: ["variable", "assign", "define"],
      details: "Assign again with `NAME = VALUE`; a name that is not bound yet needs `let`."),
    word(
      "fn", "Declares a function.", "fn NAME(PARAMETER, PARAMETER: DEFAULT) { … }",
      Example(
        "fn twice(x) { x * 2 }\ntwice 4", shows: "The last line is the result.",
        gives: .value(.int(8))),
      also: ["function", "def", "define"],
      details: "Lines that begin with `##` right above a function are its help."),
    word(
      "return", "Leaves the function with a value.", "return VALUE",
      Example(
        "fn sign(x) { if x < 0 { return -1 }; 1 }\nsign(-5)", shows: "An early way out.",
        gives: .value(.int(-1)))),
    word(
      "import", "Runs a file once and binds its names under the file's.", "import \"FILE.probe\"",
      Example(
        "import \"heads.probe\"", shows: "What the file binds is then in `heads`.",
        gives: .notRun("needs a file")),
      also: ["include", "module", "require", "source", "run", "using"]),
  ]

  private static let flow = [
    word(
      "if", "Chooses by a condition.", "if CONDITION { … } else if CONDITION { … } else { … }",
      Example(
        "if 2 > 1 { \"yes\" } else { \"no\" }", shows: "It has the value of the chosen part.",
        gives: .value(.string("yes")))),
    word(
      "else", "Says what happens when the condition of `if` does not hold.", "} else { … }",
      Example("if false { 1 } else { 2 }", shows: "The other part.", gives: .value(.int(2))),
      details: "`else` stands on the line of the `}` before it."),
    word(
      "for", "Does something for each element of a list, range, table or record.",
      "for NAME in VALUES { … }",
      Example(
        "let sum = 0\nfor i in 1..4 { sum = sum + i }\nsum", shows: "A sum over a range.",
        gives: .value(.int(10))), also: ["loop", "each", "iterate"],
      details: "`for key, value in record { … }` goes through a record."),
    word(
      "while", "Does something as long as a condition holds.", "while CONDITION { … }",
      Example(
        "let n = 1\nwhile n < 100 { n = n * 2 }\nn", shows: "Doubling up to a limit.",
        gives: .value(.int(128))), also: ["loop"]),
    word(
      "break", "Leaves the loop.", "break",
      Example(
        "let n = 0\nwhile true { n = n + 1; if n == 3 { break } }\nn", shows: "A way out.",
        gives: .value(.int(3)))),
    word(
      "continue", "Goes on with the loop's next turn.", "continue",
      Example(
        "let n = 0\nfor i in 1..5 { if i == 2 { continue }; n = n + i }\nn",
        shows: "One turn is left out.", gives: .value(.int(13)))),
    word(
      "with", "Lets changes hold inside the braces and takes them back at the end.",
      "with CHANGE, CHANGE { … }",
      Example(
        "with zero(L0.H1) { predict p }", shows: "The head is off inside the braces only.",
        gives: .notRun("needs a model")), also: ["scope", "temporarily", "context"]),
    word(
      "try", "Does something that may fail.", "try { … } catch NAME { … }",
      Example(
        "try { [1][5] } catch e { e.code }", shows: "The failure becomes a value.",
        gives: .value(.string("index-out-of-range"))), also: ["error", "exception"]),
    word(
      "catch", "Says what happens when `try` fails.", "} catch NAME { … }",
      Example(
        "try { [1][5] } catch e { e.line }", shows: "Where it failed.", gives: .value(.int(1))),
      details: "The name has the fields `code`, `message`, `line` and `help`. An interrupt is not "
        + "caught."),
    word(
      "assert", "Fails unless a condition holds.", "assert CONDITION \"MESSAGE\"",
      Example(
        "assert 1 + 1 == 3 \"sums\"", shows: "Both sides' values are in the message.",
        gives: .fails("assertion-failed")), also: ["check", "test"]),
  ]

  private static let values = [
    word(
      "and", "Holds when both conditions hold.", "A and B",
      Example("1 < 2 and 2 < 3", shows: "Both hold.", gives: .value(.bool(true)))),
    word(
      "or", "Holds when one of the conditions holds.", "A or B",
      Example("1 > 2 or 2 < 3", shows: "One holds.", gives: .value(.bool(true)))),
    word(
      "not", "Holds when the condition does not.", "not A",
      Example("not 1 > 2", shows: "The opposite.", gives: .value(.bool(true)))),
    word(
      "in", "Asks whether a value is in a list, range, record or text.", "VALUE in VALUES",
      Example("3 in 1..5", shows: "A range holds both ends.", gives: .value(.bool(true))),
      also: ["contains", "member"]),
    word(
      "true", "The condition that holds.", "true",
      Example("true", shows: "A boolean.", gives: .value(.bool(true)))),
    word(
      "false", "The condition that does not hold.", "false",
      Example("not false", shows: "A boolean.", gives: .value(.bool(true)))),
    word(
      "null", "Nothing.", "null",
      Example("null == null", shows: "It equals itself only.", gives: .value(.bool(true))),
      also: ["none", "nil"]),
  ]
}
