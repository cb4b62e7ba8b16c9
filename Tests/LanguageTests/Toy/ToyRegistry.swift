import Language

/// A handful of commands, enough to try every way of calling.
enum ToyRegistry {
  static let toys = Family("toys", "Toys")

  static let registry = Registry(values + lists + host)

  private static func example(_ code: String) -> [Example] {
    [Example(code, shows: "How it is called.")]
  }

  private static let values = [
    Builtin(
      "print", "Writes values on a line.", Parameter<[Value]>("values", "What to write.", .rest),
      returns: "null", family: toys, examples: example("print 1 2")
    ) { context, values throws(Failure) in
      context.print(values.map(\.plainText).joined(separator: " "))
      return .null
    },
    Builtin(
      "kind", "Names a value's kind.", Parameter<Value>("value", "The value.", .piped),
      returns: "string", family: toys, examples: example("kind 1")
    ) { _, value throws(Failure) in .string(value.kind) },
    Builtin(
      "abs", "Makes a number positive.", Parameter<Double>("number", "The number.", .piped),
      returns: "number", family: toys, examples: example("abs -1")
    ) { _, number throws(Failure) in .number(number.magnitude) },
    Builtin(
      "fail", "Fails.", Parameter<String>("message", "The headline."),
      Parameter<String>("code", "The code.", .named, default: "failed"), returns: "null",
      family: toys, examples: example("fail \"so\"")
    ) { _, message, code throws(Failure) in throw Failure(code, message) },
    Builtin(
      "close", "Compares numbers.", Parameter<Double>("a", "One."), Parameter<Double>("b", "Two."),
      Parameter<Double>("within", "How far apart they may lie.", default: 1e-6),
      returns: "boolean", family: toys, examples: example("close 1 1")
    ) { _, a, b, within throws(Failure) in .bool((a - b).magnitude <= within) },
    Builtin(
      "save", "Writes a file.", Parameter<Value>("value", "What to write.", .piped),
      Parameter<String>("path", "Where."), returns: "null", family: toys, writesFiles: true,
      examples: example("save 1 \"x\"")
    ) { _, _, _ throws(Failure) in .null },
    Builtin(
      "help", "Explains a command.", Parameter<Value?>("topic", "The command.", takesWord: true),
      returns: "null", family: toys, examples: example("help let")
    ) { context, topic throws(Failure) in
      let name = topic?.function?.name ?? topic?.plainText ?? ""
      context.print(context.registry.entry(name)?.signature ?? "no help for \(name)")
      return .null
    },
  ]

  private static let lists = [
    Builtin(
      "each", "Calls a function with each element.",
      Parameter<[Value]>("values", "The elements.", .piped),
      Parameter<FunctionValue>("do", "The function."), returns: "list", family: toys,
      examples: example("[1] | each { it }")
    ) { context, values, function throws(Failure) in
      var results: [Value] = []
      for value in values { results.append(try context.call(function, [value])) }
      return .list(List(results))
    },
    Builtin(
      "where", "Keeps the elements for which a block holds.",
      Parameter<[Value]>("values", "The elements.", .piped),
      Parameter<FunctionValue>("test", "The block."), returns: "list", family: toys,
      examples: example("[1] | where { it > 0 }")
    ) { context, values, test throws(Failure) in
      var results: [Value] = []
      for value in values where try context.call(test, [value]) == .bool(true) {
        results.append(value)
      }
      return .list(List(results))
    },
    Builtin(
      "sum", "Adds numbers up.", Parameter<[Double]>("numbers", "The numbers.", .piped),
      returns: "number", family: toys, examples: example("sum [1, 2]")
    ) { _, numbers throws(Failure) in .number(numbers.reduce(0, +)) },
    Builtin(
      "first", "Keeps the first elements.",
      Parameter<List>("values", "The elements.", .piped),
      Parameter<Int>("count", "How many.", default: 1, in: .from(0)), returns: "list", family: toys,
      examples: example("[1] | first 1")
    ) { _, values, count throws(Failure) in .list(List(Array(values.elements.prefix(count)))) },
    Builtin(
      "len", "Counts elements.", Parameter<Value>("values", "The elements.", .piped),
      returns: "number", family: toys, examples: example("len [1]")
    ) { _, value throws(Failure) in
      switch value {
      case .list(let list): return .int(list.count)
      case .string(let text): return .int(text.count)
      default:
        throw Failure("wrong-type", "`values` takes a list or a string", argument: "values")
      }
    },
    Builtin(
      "table", "Makes a table of records.", Parameter<Table>("rows", "The records.", .piped),
      returns: "table", family: toys, examples: example("[{a: 1}] | table")
    ) { _, table throws(Failure) in .table(table) },
    Builtin(
      "grid", "Makes a tensor of two axes.", Parameter<Int>("rows", "How many rows.", in: .from(0)),
      Parameter<Int>("columns", "How many columns.", in: .from(0)), returns: "tensor", family: toys,
      examples: example("grid 2 2")
    ) { _, rows, columns throws(Failure) in
      guard rows >= 0, columns >= 0, rows * columns < 1_000 else {
        throw Failure("too-large", "the grid would be too large")
      }
      return .tensor(
        TensorValue(
          axes: [
            .init("query", count: rows), .init("key", labels: (0..<columns).map { "k\($0)" }),
          ],
          storage: .floats((0..<(rows * columns)).map(Float.init))))
    },
  ]

  private static let host = [
    Builtin(
      "tell", "Tells of something.", Parameter<String>("what", "A word.", takesWord: true),
      Parameter<Value>("value", "Of what.", .piped),
      Parameter<String>("to", "To whom.", .named, default: "all"), returns: "string",
      family: toys, examples: example("tell heads 1")
    ) { _, what, value, to throws(Failure) in
      .string("\(what) of \(value.plainText) to \(to)")
    },
    Builtin(
      "heads", "Lists heads.", returns: "list", family: toys, examples: example("heads")
    ) { _ throws(Failure) in
      .list(List((0..<3).map { .host(ToyAddress(text: "L0.H\($0)")) }))
    },
    Builtin(
      "zero", "Makes a change.", Parameter<ToyAddress>("site", "Where.", .piped),
      returns: "intervention", family: toys, examples: example("zero(L1)")
    ) { _, site throws(Failure) in .host(ToyChange(name: site.text)) },
    Builtin(
      "ablate", "Switches sites off.", Parameter<[ToyAddress]>("sites", "Which.", .rest),
      returns: "string", family: toys, examples: example("ablate L1 L2")
    ) { _, sites throws(Failure) in .string(sites.map(\.text).joined(separator: " ")) },
    Builtin(
      "predict", "Says what comes next.", Parameter<String>("prompt", "The prompt.", .piped),
      Parameter<Int>("top", "How many.", default: 5, in: .from(0)),
      Parameter<String?>("as", "A label.", .named), returns: "string", family: toys,
      examples: example("predict \"a\"")
    ) { _, prompt, top, label throws(Failure) in
      .string("\(prompt):\(top)" + (label.map { ":\($0)" } ?? ""))
    },
  ]
}
