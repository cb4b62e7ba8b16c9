import Language

/// Numbers in rows and columns with their labels, ready to be drawn.
struct NumberGrid {
  var rows: [String]
  var columns: [String]
  var values: [[Double]]
  var rowTitle = ""
  var columnTitle = ""
  var valueTitle = ""
  var notes: [String] = []
  /// What is written into the cells; empty where the numbers are.
  var texts: [[String]] = []

  /// The most cells that a picture has.
  static let largestCount = 4_000_000

  static func check(_ rows: Int, _ columns: Int) throws(Failure) {
    let (count, overflow) = rows.multipliedReportingOverflow(by: columns)
    if overflow || count > largestCount {
      throw Failure(
        "too-large", "the picture would have \(rows) × \(columns) cells", argument: "value",
        help: "take a part of it first")
    }
  }

  /// The grid of a tensor with one or two axes longer than 1.
  ///
  /// `rows` and `columns` name the axes; without them they keep their order.
  init(_ tensor: TensorValue, rows: String?, columns: String?) throws(Failure) {
    var wanted: [Int] = []
    for (name, argument) in [(rows, "rows"), (columns, "columns")] {
      if let name { wanted.append(try tensor.axis(name, argument: argument)) }
    }
    let long = tensor.axes.indices.filter { tensor.axes[$0].count != 1 || wanted.contains($0) }
    guard long.count <= 2, tensor.count > 0 else {
      throw Failure(
        "shape-mismatch",
        tensor.count == 0
          ? "the tensor \(tensor.shapeText) is empty"
          : "a grid has two axes and the tensor is \(tensor.shapeText)", argument: "value",
        help: tensor.count == 0
          ? nil : "take one entry of the others: t[\(tensor.axes[long[0]].name): 0]")
    }
    // A vector is one row, unless its axis was asked for as the rows.
    var down = long.count == 2 ? long[0] : nil
    var across = long.last
    if let rows, let place = tensor.axisIndex(rows), place != down {
      across = long.first { $0 != place }
      down = place
    } else if let columns, let place = tensor.axisIndex(columns), place != across {
      (down, across) = (long.first { $0 != place }, place)
    }
    let step = { (axis: Int) in tensor.axes[(axis + 1)...].reduce(1) { $0 * $1.count } }
    let labels = { (axis: Int?) -> [String] in
      guard let axis else { return [""] }
      return (0..<tensor.axes[axis].count).map { tensor.axes[axis].label($0) }
    }
    let (rowLabels, columnLabels) = (labels(down), labels(across))
    try Self.check(rowLabels.count, columnLabels.count)
    let (rowStep, columnStep) = (down.map(step) ?? 0, across.map(step) ?? 0)
    values = rowLabels.indices.map { row in
      columnLabels.indices.map { tensor.storage[row * rowStep + $0 * columnStep] }
    }
    (self.rows, self.columns) = (rowLabels, columnLabels)
    rowTitle = down.map { tensor.axes[$0].name } ?? ""
    columnTitle = across.map { tensor.axes[$0].name } ?? ""
    notes = tensor.notes
  }

  /// The grid of a table with two columns that name the cells and one that holds the numbers.
  ///
  /// - Parameter cells: The column whose values are written into the cells; of a table that has both
  ///   what went in and what came out, the token that came out.
  init(
    _ table: Table, value: String?, rows: String?, columns: String?, cells: String? = nil
  ) throws(Failure) {
    let choice = try ColumnChoice(table, value: value, keys: [rows, columns])
    let numbers = try table.column(choice.value).numbers
    let down = Keys(try table.column(choice.keys[0]).values)
    let across = Keys(try table.column(choice.keys[1]).values)
    try Self.check(down.labels.count, across.labels.count)
    self.rows = down.labels(in: table, of: choice.keys[0])
    self.columns = across.labels(in: table, of: choice.keys[1])
    values = Array(
      repeating: Array(repeating: Double.nan, count: across.labels.count), count: down.labels.count)
    let isReading = table["input"] != nil && table["token"] != nil
    let written = try (cells ?? (isReading ? "token" : nil)).map { name throws(Failure) in
      try table.column(name).values
    }
    if written != nil {
      texts = Array(
        repeating: Array(repeating: "", count: across.labels.count), count: down.labels.count)
    }
    var filled: Set<[Int]> = []
    for (row, number) in numbers.enumerated() {
      let cell = [down.places[row], across.places[row]]
      guard filled.insert(cell).inserted else {
        throw Failure(
          "several-values",
          "two rows have \(choice.keys[0]) \(down.labels[cell[0]]) and "
            + "\(choice.keys[1]) \(across.labels[cell[1]])", argument: "value",
          help: "name other columns with `rows:` and `columns:`, or keep some rows with `where`")
      }
      values[cell[0]][cell[1]] = number
      if let written { texts[cell[0]][cell[1]] = PromptLines.visible(written[row].plainText) }
    }
    (rowTitle, columnTitle, valueTitle) = (choice.keys[0], choice.keys[1], choice.value)
    notes = table.notes
  }

  /// The grid as a heat map; numbers below zero make its scale diverge.
  var heatMap: Figure.HeatMap {
    let diverges = values.contains { $0.contains { $0 < 0 && $0.isFinite } }
    return Figure.HeatMap(
      rows: rows, columns: columns, values: values, scale: diverges ? .diverging : .sequential,
      rowTitle: rowTitle, columnTitle: columnTitle, texts: texts)
  }

  /// The different values of a column: numbers by size, all else as they come.
  private struct Keys {
    let labels: [String]
    /// The place of each row's value among them.
    let places: [Int]

    init(_ values: [Value]) {
      var different = values.distinct
      if different.allSatisfy(\.isNumber), let keys = try? SortValue.all(different) {
        different = keys.indices.sorted { keys[$0].order(keys[$1]) == .orderedAscending }
          .map { different[$0] }
      }
      let place = Dictionary(uniqueKeysWithValues: zip(different, different.indices))
      labels = different.map(\.plainText)
      places = values.compactMap { place[$0] }
    }

    /// The labels to show: a position has its token beside it, where the table tells.
    func labels(in table: Table, of name: String) -> [String] {
      guard name == "position", let tokens = table["input"] ?? table["token"] else {
        return labels
      }
      var shown = labels
      for (row, place) in places.enumerated() {
        if case .string(let token) = tokens.values[row] {
          shown[place] = "\(labels[place]) \(PromptLines.visible(token).drop { $0 == " " })"
        }
      }
      return shown
    }
  }
}
