import Language

/// What goes to the screen.
enum Showing {
  static let builtins = [print, show]

  static let print = Builtin(
    "print", "Writes values on a line, with spaces between them.",
    Parameter<Value>(
      "value", "The first; a table, tensor or figure is shown as it would be.",
      .piped, default: .string("")),
    Parameter<[Value]>("more", "Further values.", .rest),
    returns: "null", family: .files, alsoFoundAs: ["write", "echo", "output", "println", "puts"],
    examples: [
      Example(#"print "x is" 3"#, shows: "Text and a number.", gives: .text("x is 3")),
      Example(
        #"for i in 1..2 { print "{i} squared is {i * i}" }"#, shows: "In a loop.",
        gives: .text("1 squared is 1\n2 squared is 4")),
    ]
  ) { context, value, more throws(Failure) in
    if more.isEmpty, value.isPicture {
      context.output.show(value, whole: false)
    } else {
      let text = ([value] + more).map(\.plainText).joined(separator: " ")
      try context.interruption.check()
      context.print(text)
    }
    return .null
  }

  static let show = Builtin(
    "show", "Shows a value whole, whatever its length.",
    Parameter<Value>("value", "Any value.", .piped),
    returns: "null", family: .files, alsoFoundAs: ["display", "all rows", "whole"],
    examples: [
      Example("1..3 | each { it } | show", shows: "A list.", gives: .text("[1, 2, 3]"))
    ]
  ) { context, value throws(Failure) in
    context.show(value, whole: true)
    return .null
  }
}

extension Value {
  /// Whether it is shown as more than a line of text.
  fileprivate var isPicture: Bool {
    switch presented {
    case .table, .tensor, .figure: true
    default: false
    }
  }
}
