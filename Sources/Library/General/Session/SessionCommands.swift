import Foundation
import Language

/// Commands on the session itself.
enum SessionCommands {
  static func builtins(_ settings: SessionSettings) -> [Builtin] {
    [type, time, seed(settings), vars]
  }

  static let type = Builtin(
    "type", "Names the kind of a value.",
    Parameter<Value>("value", "Any value.", .piped),
    returns: "string", family: .session, alsoFoundAs: ["kind", "class"],
    examples: [
      Example("type [1, 2]", shows: "A list.", gives: .string("list")),
      Example(
        #"["a", "b"] | first | type"#, shows: "At a pipeline's end.", gives: .string("string")),
    ]
  ) { _, value throws(Failure) in .string(value.kind) }

  static let time = Builtin(
    "time", "Runs a block, says how long it took, and gives the block's value.",
    Parameter<FunctionValue>("block", "What to run."),
    returns: "value", family: .session, alsoFoundAs: ["duration", "seconds", "benchmark"],
    details: "The line begins with `time: `; a replay does not compare such lines.",
    examples: [Example("time { 1..1000 | sum }", shows: "A sum.", gives: .number(500_500))]
  ) { context, block throws(Failure) in
    let clock = ContinuousClock()
    let start = clock.now
    let value = try context.call(block, [])
    let (seconds, attoseconds) = (clock.now - start).components
    let duration = Double(seconds) + Double(attoseconds) * 1e-18
    context.print("time: \(NumberText.rounded(duration, digits: 3)) s")
    return value
  }

  static let vars = Builtin(
    "vars", "Lists the names that the session has bound.",
    returns: "table", family: .session, alsoFoundAs: ["variables", "names", "who", "ls", "env"],
    details: "Functions of yours are listed too. What a name holds is shown on one line, cut where "
      + "it is long.",
    examples: [
      Example(
        "let x = [1, 2]; vars()", shows: "A name with what it holds.",
        gives: .table(
          ("name", .strings("x")), ("kind", .strings("list")), ("value", .strings("[1, 2]"))))
    ]
  ) { context throws(Failure) in
    let all = context.bindings
    let notes = all.isEmpty ? ["nothing is bound yet; `let x = 1` binds a name"] : []
    return .table(
      Table(
        [
          Table.Column("name", all.map { .string($0.0) }),
          Table.Column("kind", all.map { .string($0.1.kind) }),
          Table.Column("value", all.map { .string($0.1.text(limit: longestValue)) }),
        ], notes: notes))
  }

  /// About how many characters of a value `vars` shows.
  private static let longestValue = 60

  static func seed(_ settings: SessionSettings) -> Builtin {
    Builtin(
      "seed", "Sets the seed of everything random that follows, or says what it is.",
      Parameter<Int?>("value", "The seed; without it, nothing changes.", in: .from(0)),
      returns: "number", family: .session, alsoFoundAs: ["random", "reproducible"],
      examples: [
        Example("seed 7", shows: "The seed is the value.", gives: .number(7)),
        Example("seed -1", shows: "Seeds are not negative.", gives: .fails("out-of-range")),
      ]
    ) { _, value throws(Failure) in
      if let value { settings.seed = UInt64(clamping: value) }
      return .number(Double(settings.seed))
    }
  }
}
