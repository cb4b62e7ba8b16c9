import Language

/// Commands that draw bars, lines and points.
enum Plots {
  static let builtins = [bars, plot, scatter]

  private static let data = Parameter<Value>(
    "data", "A table, a tensor, a record of numbers, or a list of numbers.", .piped)
  private static let title = Parameter<String>("title", "A title.", .named, default: "")

  static let bars = Builtin(
    "bars", "Draws a bar for each number.", data,
    Parameter<String?>("value", "The column of a table that holds the numbers.", .named),
    Parameter<String?>("label", "The column that names the bars.", .named), title,
    returns: "figure", family: .pictures, alsoFoundAs: ["histogram", "bar chart", "draw"],
    examples: [
      Example(
        "bars {zero: 1.5, mean: 0.5}", shows: "A record's numbers by name.",
        gives: .value(.figure(Figure(.bars(labels: ["zero", "mean"], values: [1.5, 0.5]))))),
      Example(
        #"table {token: ["a", "b"], prob: [0.7, 0.3]} | bars"#, shows: "A table's column.",
        gives: .value(
          .figure(
            Figure(
              .bars(labels: ["a", "b"], values: [0.7, 0.3]), valueLabel: "prob", xLabel: "token")))
      ),
      Example("bars true", shows: "A boolean has no height.", gives: .fails("wrong-type")),
    ]
  ) { _, data, value, label, title throws(Failure) in
    let run = try NumberRun(data.presented, value: value, label: label)
    return .figure(
      Figure(
        .bars(labels: run.labels, values: run.numbers), title: title, valueLabel: run.valueTitle,
        xLabel: run.labelTitle, notes: run.notes))
  }

  static let plot = Builtin(
    "plot", "Draws numbers as lines.", data,
    Parameter<String?>("x", "The column of a table that runs across.", .named),
    Parameter<String?>("y", "The column that gives the height.", .named),
    Parameter<String?>("by", "The column whose values are lines of their own.", .named), title,
    returns: "figure", family: .pictures, alsoFoundAs: ["line chart", "curve", "draw"],
    details: "A tensor with two axes gives a line for each entry of the first; so do lists of "
      + "numbers in a list.",
    examples: [
      Example(
        "plot [1, 4, 9]", shows: "A list, numbered from 0.",
        gives: .value(
          .figure(Figure(.lines([.init("", x: [0, 1, 2], y: [1, 4, 9])], ticks: []))))),
      Example(
        #"table {layer: [0, 1], loss: [3, 2]} | plot x: "layer" y: "loss""#,
        shows: "Two columns of a table.",
        gives: .value(
          .figure(
            Figure(
              .lines([.init("loss", x: [0, 1], y: [3, 2])], ticks: []), valueLabel: "loss",
              xLabel: "layer")))),
    ]
  ) { _, data, x, y, by, title throws(Failure) in
    try Lines(data.presented, x: x, y: y, by: by).figure(title: title)
  }

  static let scatter = Builtin(
    "scatter", "Draws a point for each row of a table, or each pair of numbers in a list.",
    Parameter<Value>("data", "A table, or a list of pairs, as `zip` makes it.", .piped),
    Parameter<String?>("x", "The column that runs across.", .named),
    Parameter<String?>("y", "The column that runs up.", .named),
    Parameter<String?>("label", "The column that names the points.", .named), title,
    returns: "figure", family: .pictures, alsoFoundAs: ["points", "correlation", "draw"],
    examples: [
      Example(
        "scatter (zip [1, 2] [3, 5])", shows: "Pairs of numbers.",
        gives: .value(.figure(Figure(.scatter([.init("", x: [1, 2], y: [3, 5])]))))),
      Example(
        #"table {a: [1, 2], b: [3, 5]} | scatter x: "a" y: "b""#, shows: "Two columns.",
        gives: .value(
          .figure(
            Figure(.scatter([.init("", x: [1, 2], y: [3, 5])]), valueLabel: "b", xLabel: "a")))),
      Example(
        "scatter [1, 2]", shows: "Single numbers are no points.", gives: .fails("wrong-type")),
    ]
  ) { _, data, x, y, label, title throws(Failure) in
    try Points(data.presented, x: x, y: y, label: label).figure(title: title)
  }
}
