import Language

/// Numbers in a row, each with a label: what bars show.
struct NumberRun {
  var labels: [String]
  var numbers: [Double]
  var valueTitle = ""
  var labelTitle = ""
  var notes: [String] = []

  /// The numbers of a table's column, a vector, a list, or a record.
  init(_ data: Value, value: String?, label: String?) throws(Failure) {
    switch data {
    case .table(let table):
      if table.names.count == 1, label == nil {
        numbers = try table.column(value ?? table.names[0], argument: "value").numbers
        labels = numbers.indices.map(String.init)
        valueTitle = table.names[0]
      } else {
        let choice = try ColumnChoice(table, value: value, keys: [label])
        numbers = try table.column(choice.value).numbers
        labels = try Self.labels(table, choice, isGiven: label != nil)
        (valueTitle, labelTitle) = (choice.value, label ?? "")
      }
      notes = table.notes
    case .record(let record):
      labels = record.names
      numbers = try NumberSource.numbers(record.values, in: "the record")
    case .list(let list):
      numbers = try NumberSource.numbers(list.elements, in: "the list")
      labels = numbers.indices.map(String.init)
    case .range(let range):
      numbers = try Rows.numbers(of: range)
      labels = numbers.map(NumberText.shortest)
    case .tensor(let tensor):
      let grid = try NumberGrid(tensor, rows: nil, columns: nil)
      guard grid.rows.count == 1 else {
        throw Failure(
          "shape-mismatch", "bars show one axis and the tensor is \(tensor.shapeText)",
          argument: "data", help: "`heatmap` shows two; t[\(tensor.axes[0].name): 0] is one")
      }
      (labels, numbers, labelTitle, notes) =
        (grid.columns, grid.values[0], grid.columnTitle, grid.notes)
    default:
      throw Failure(
        "wrong-type", "\(data.kindWithArticle) has no numbers to draw", argument: "data")
    }
    try NumberGrid.check(numbers.count, 1)
  }

  /// The labels of a table's rows.
  ///
  /// Without a column asked for, all that say where something was measured: `0 3` for layer 0,
  /// head 3.
  private static func labels(
    _ table: Table, _ choice: ColumnChoice, isGiven: Bool
  ) throws(Failure) -> [String] {
    let first = try table.column(choice.keys[0]).values
    let isUnique = Set(first).count == first.count
    let others =
      isGiven || isUnique
      ? []
      : table.columns.filter {
        $0.name != choice.value && $0.name != choice.keys[0] && Set($0.values).count > 1
          && !["value", "change"].contains($0.name)
      }
    return first.indices.map { row in
      ([first[row]] + others.prefix(2).map { $0.values[row] }).map(\.plainText)
        .joined(separator: " ")
    }
  }
}
