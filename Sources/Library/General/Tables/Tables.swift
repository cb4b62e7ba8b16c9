import Language

/// Making tables and tensors of other values.
enum Tables {
  static let builtins = [tableCommand, TensorMaking.tensor]

  /// The most rows that a tensor is written out to.
  static let largestCount = 1_000_000

  static let tableCommand = Builtin(
    "table", "Makes a table of records, of named columns, of a plain list, or of a tensor.",
    Parameter<Value>(
      "value", "A list of records, a record of lists, a list, a range, or a tensor.", .piped),
    returns: "table", family: .tables, alsoFoundAs: ["data frame", "rows", "unpivot"],
    details: "A tensor gives a row for each number: a column for each axis, and `value`.",
    examples: [
      Example(
        #"table [{word: "a", n: 1}, {word: "b", n: 2}]"#, shows: "Records are rows.",
        gives: .table(("word", .strings("a", "b")), ("n", .numbers(1, 2)))),
      Example(
        "table {x: [1, 2], y: [3, 4]}", shows: "Lists are columns.",
        gives: .table(("x", .numbers(1, 2)), ("y", .numbers(3, 4)))),
      Example(
        #"tensor [5, 6] axes: ["head"] | table"#, shows: "A row for each number of a tensor.",
        gives: .table(("head", .numbers(0, 1)), ("value", .numbers(5, 6)))),
      Example("table 3", shows: "A number makes no table.", gives: .fails("wrong-type")),
    ]
  ) { _, value throws(Failure) in .table(try table(value)) }

  /// The table that a value makes.
  static func table(_ value: Value) throws(Failure) -> Table {
    switch value.presented {
    case .table(let table): return table
    case .tensor(let tensor): return try table(tensor)
    case .record(let record): return try table(columns: record)
    case .range(let range):
      return Table([Table.Column("value", try Rows.numbers(of: range).map { .number($0) })])
    case .list(let list):
      let rows = list.compactMap { if case .record(let row) = $0 { row } else { nil } }
      if rows.count == list.count { return Table(rows: rows) }
      guard rows.isEmpty else {
        throw Failure(
          "mixed-kinds", "some elements are records and some are not", argument: "value")
      }
      return Table([Table.Column("value", list.elements)])
    default:
      throw Failure(
        "wrong-type", "\(value.kindWithArticle) makes no table", argument: "value",
        help: "a list of records does: table [{a: 1, b: 2}]")
    }
  }

  private static func table(columns record: Record) throws(Failure) -> Table {
    var columns: [Table.Column] = []
    for (name, value) in record.fields {
      guard let rows = try Rows.from(value) else {
        throw Failure(
          "wrong-type", "column `\(name)` is \(value.kindWithArticle), not a list",
          argument: "value", help: "put a single record in a list: table [{…}]")
      }
      columns.append(Table.Column(name, rows.values))
    }
    if let odd = columns.first(where: { $0.values.count != columns[0].values.count }) {
      throw Failure(
        "length-mismatch",
        "column `\(columns[0].name)` has \(columns[0].values.count) values and `\(odd.name)` "
          + "\(odd.values.count)", argument: "value")
    }
    return Table(columns)
  }

  private static func table(_ tensor: TensorValue) throws(Failure) -> Table {
    guard tensor.count <= largestCount else {
      throw Failure(
        "too-large", "the tensor \(tensor.shapeText) has \(tensor.count) numbers",
        argument: "value", help: "take a part of it first, or a mean along an axis")
    }
    var columns: [Table.Column] = []
    var inner = tensor.count
    for axis in tensor.axes {
      inner = axis.count == 0 ? 0 : inner / axis.count
      let labels: [Value] = (0..<axis.count).map { place in
        axis.labels.map { .string($0[place]) } ?? .int(place)
      }
      let repeated = (0..<tensor.count).map { labels[$0 / max(1, inner) % max(1, axis.count)] }
      columns.append(Table.Column(axis.name, repeated))
    }
    let name = tensor.axisIndex("value") == nil ? "value" : "number"
    columns.append(Table.Column(name, tensor.doubles.map { .number($0) }))
    return Table(columns, notes: tensor.notes)
  }
}
