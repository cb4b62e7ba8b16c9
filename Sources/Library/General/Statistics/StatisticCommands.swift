import Language

/// The names of the axes that a statistic is taken along.
struct AxisNames: Argument {
  let names: [String]

  static var kind: String { "axis name or list of axis names" }

  static func from(_ value: Value) throws(Failure) -> AxisNames? {
    if case .string(let name) = value { return AxisNames(names: [name]) }
    return try [String].from(value).map { AxisNames(names: $0) }
  }
}

/// Sums, means and their like.
enum StatisticCommands {
  static let builtins = [sum, mean, median, std, min, max]

  static let sum = command(
    "sum", "Adds numbers up.", alsoFoundAs: ["total", "add up"], ofNothing: 0,
    examples: [
      Example("1..100 | sum", shows: "A range.", gives: .number(5050)),
      Example("[1e16, 1, -1e16] | sum", shows: "Small numbers are not lost.", gives: .number(1)),
      Example(
        #"tensor [[1, 2], [3, 4]] | sum over: "column""#, shows: "Along one axis of a tensor.",
        gives: .tensor([.init("row", count: 2)], [3, 7])),
    ], Statistic.sum)

  static let mean = command(
    "mean", "Takes the arithmetic mean.", alsoFoundAs: ["average", "statistics"],
    examples: [
      Example("mean [1, 2, 6]", shows: "A list.", gives: .number(3)),
      Example(
        "let t = table [{change: 1}, {change: 2}]\nt.change | mean", shows: "A table's column.",
        gives: .number(1.5)),
      Example(
        #"tensor [[1, 2], [3, 4]] axes: ["query", "key"] | mean over: "query""#,
        shows: "Along one axis of a tensor.", gives: .tensor([.init("key", count: 2)], [2, 3])),
      Example(
        "[(tensor [1, 2]), (tensor [3, 6])] | mean", shows: "Tensors of one shape, entry by entry.",
        gives: .tensor([.init("index", count: 2)], [2, 4])),
      Example("mean []", shows: "Nothing has no mean.", gives: .fails("empty")),
      Example("mean [1, null]", shows: "Null is no number.", gives: .fails("not-a-number")),
    ], Statistic.mean)

  static let median = command(
    "median", "Takes the middle number, or the mean of the middle two.",
    alsoFoundAs: ["statistics", "percentile"],
    examples: [Example("median [9, 1, 2, 4]", shows: "An even count.", gives: .number(3))],
    Statistic.median)

  static let std = command(
    "std", "Takes the standard deviation of a sample, divided by one less than the count.",
    alsoFoundAs: ["standard deviation", "variance", "spread", "statistics"],
    examples: [
      Example(
        "std [2, 4, 4, 4, 5, 5, 7, 9]", shows: "Eight measurements.",
        gives: .number(2.138089935299395))
    ], Statistic.deviation)

  static let min = command(
    "min", "Takes the least number.", alsoFoundAs: ["smallest", "lowest", "minimum"],
    takesOthers: true,
    examples: [
      Example("min [3, 1, 2]", shows: "Of a list.", gives: .number(1)),
      Example("min(3, 1)", shows: "Of single numbers.", gives: .number(1)),
      Example("min []", shows: "Nothing has no least number.", gives: .fails("empty")),
    ], Statistic.min)

  static let max = command(
    "max", "Takes the greatest number.", alsoFoundAs: ["largest", "highest", "maximum"],
    takesOthers: true,
    examples: [
      Example("[3, 1, 2] | max", shows: "Of a list.", gives: .number(3)),
      Example("max(0, -2, 1)", shows: "Of single numbers.", gives: .number(1)),
      Example(
        #"tensor [[0.2, 0.8], [0.7, 0.3]] axes: ["query", "key"] | max over: "key""#,
        shows: "The strongest attention of each query.",
        gives: .tensor([.init("query", count: 2)], [0.8, 0.7])),
    ], Statistic.max)

  private static let details =
    "A list of tensors of one shape gives a tensor, entry by entry. All is computed in float64. "
    + "NaN among the numbers gives NaN."

  /// Declares a statistic.
  private static func command(
    _ name: String, _ summary: String, alsoFoundAs words: [String], takesOthers: Bool = false,
    ofNothing: Double? = nil, examples: [Example],
    _ reduce: @escaping @Sendable ([Double]) -> Double
  ) -> Builtin {
    let items = Parameter<NumberSource>("values", "Numbers or a tensor.", .piped)
    let over = Parameter<AxisNames?>(
      "over", "The axes of a tensor to take it along; all without it.", .named)
    let run: @Sendable (Context, NumberSource, [Double], AxisNames?) throws(Failure) -> Value = {
      context, source, others, over throws(Failure) in
      try result(name, source, others, over, ofNothing, context, reduce)
    }
    if takesOthers {
      return Builtin(
        name, summary, items, Parameter<[Double]>("others", "Further numbers.", .rest), over,
        returns: "number or tensor", family: .numbers, alsoFoundAs: words, details: details,
        examples: examples, run: run)
    }
    return Builtin(
      name, summary, items, over, returns: "number or tensor", family: .numbers,
      alsoFoundAs: words, details: details, examples: examples
    ) { context, source, over throws(Failure) in try run(context, source, [], over) }
  }

  private static func result(
    _ name: String, _ source: NumberSource, _ others: [Double], _ over: AxisNames?,
    _ ofNothing: Double?, _ context: Context, _ reduce: ([Double]) -> Double
  ) throws(Failure) -> Value {
    func reduced(_ numbers: [Double]) throws(Failure) -> Value {
      if !numbers.isEmpty { return .number(reduce(numbers)) }
      if let ofNothing { return .number(ofNothing) }
      throw Failure("empty", "there are no numbers to take the \(name) of", argument: "values")
    }
    switch source {
    case .numbers(let numbers):
      if over != nil {
        throw Failure(
          "wrong-type", "`over` names axes of a tensor; these are plain numbers", argument: "over",
          help: "leave it out, or make a tensor with these axes: tensor xs axes: [\"…\"]")
      }
      return try reduced(numbers + others)
    case .tensor(let tensor, let along):
      guard others.isEmpty else {
        throw Failure("wrong-type", "numbers cannot stand beside a tensor", argument: "others")
      }
      let names = (along.map { [$0] } ?? []) + (over?.names ?? [])
      if names.isEmpty { return try reduced(tensor.doubles) }
      if ofNothing == nil, tensor.count == 0 { return try reduced([]) }
      return try tensor.reducing(over: names, context, reduce).value
    }
  }
}
