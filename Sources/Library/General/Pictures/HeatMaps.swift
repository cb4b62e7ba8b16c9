import Language

/// The command that draws numbers as colours.
enum HeatMaps {
  static let builtins = [heatmap]

  static let heatmap = Builtin(
    "heatmap", "Draws numbers in rows and columns as colours.",
    Parameter<Value>("data", "A table, a tensor with two axes, or lists of numbers.", .piped),
    Parameter<String?>("value", "The column of a table that holds the numbers.", .named),
    Parameter<String?>("rows", "The column or axis that runs down.", .named),
    Parameter<String?>("columns", "The column or axis that runs across.", .named),
    Parameter<String?>("cells", "The column of a table that is written into the cells.", .named),
    Parameter<String>("title", "A title.", .named, default: ""),
    returns: "figure", family: .pictures, alsoFoundAs: ["colours", "matrix", "picture", "draw"],
    details: "Of a table, `value` is `change` where there is one, and the rows and columns are "
      + "`layer`, `head`, `position` and their like, in this order; all can be named. Numbers below "
      + "zero make the scale diverge from zero. Cells without a number are greyed.",
    examples: [
      Example(
        "tensor [[1, 2], [3, 4]] | heatmap", shows: "A tensor's two axes.",
        gives: .value(
          .figure(
            Figure(
              .heatMap(
                .init(
                  rows: ["0", "1"], columns: ["0", "1"], values: [[1, 2], [3, 4]],
                  rowTitle: "row", columnTitle: "column")))))),
      Example(
        """
        let t = table {layer: [0, 0, 1], head: [0, 1, 0], change: [0.5, -1, 0.2]}
        t | heatmap
        """, shows: "What a sweep gives: layers down, heads across.",
        gives: .value(
          .figure(
            Figure(
              .heatMap(
                .init(
                  rows: ["0", "1"], columns: ["0", "1"], values: [[0.5, -1], [0.2, .nan]],
                  scale: .diverging, rowTitle: "layer", columnTitle: "head")),
              valueLabel: "change")))),
      Example(
        "table {layer: [0, 0], head: [1, 1], change: [2, 3]} | heatmap",
        shows: "A cell has one number.", gives: .fails("several-values")),
    ]
  ) { _, data, value, rows, columns, cells, title throws(Failure) in
    let grid: NumberGrid
    switch data.presented {
    case .table(let table):
      grid = try NumberGrid(table, value: value, rows: rows, columns: columns, cells: cells)
    case .tensor(let tensor): grid = try NumberGrid(tensor, rows: rows, columns: columns)
    case .list, .range:
      grid = try NumberGrid(
        TensorMaking.tensor(data.presented), rows: rows, columns: columns)
    default:
      throw Failure(
        "wrong-type", "`heatmap` draws a table, tensor or list, not \(data.kindWithArticle)",
        argument: "data")
    }
    return .figure(
      Figure(
        .heatMap(grid.heatMap), title: title, valueLabel: grid.valueTitle, notes: grid.notes))
  }
}
