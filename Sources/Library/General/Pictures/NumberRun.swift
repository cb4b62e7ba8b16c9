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
        let name = label ?? Self.naming(table, besides: value)
        let choice = try ColumnChoice(table, value: value, keys: [name])
        numbers = try table.column(choice.value).numbers
        labels = try table.column(choice.keys[0]).values.map(\.plainText)
        (valueTitle, labelTitle) = (choice.value, choice.keys[0])
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

  /// The column that tells the rows apart, text before numbers; nil where none does.
  private static func naming(_ table: Table, besides value: String?) -> String? {
    let telling = table.columns.filter {
      $0.name != value && Set($0.values).count == table.rowCount
    }
    return telling.first { !$0.values.contains(where: \.isNumber) }?.name
  }
}
