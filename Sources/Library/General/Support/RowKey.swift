import Language

/// What rows are ordered or grouped by: a column's name, or a block that is given each row.
enum RowKey: Argument {
  case column(String)
  case block(FunctionValue)

  static var kind: String { "column name or block" }

  static func from(_ value: Value) -> RowKey? {
    if case .string(let name) = value { return .column(name) }
    return value.function.map { .block($0) }
  }

  /// The name of the column that holds the key in a result.
  var name: String {
    switch self {
    case .column(let name): name
    case .block: "key"
    }
  }

  /// The key of each row, in order.
  func values(in rows: Rows, _ context: Context) throws(Failure) -> [Value] {
    switch self {
    case .block(let block):
      return try rows.values.map { row throws(Failure) in
        try context.interruption.check()
        return try context.call(block, [row])
      }
    case .column(let name):
      if case .table(let table) = rows { return try table.column(name).values }
      return try rows.values.enumerated().map { place, element throws(Failure) in
        try Self.field(name, of: element, place)
      }
    }
  }

  private static func field(_ name: String, of element: Value, _ place: Int) throws(Failure)
    -> Value
  {
    switch element {
    case .record(let record):
      if let value = record[name] { return value }
      throw Failure(
        "unknown-column", "element \(place) has no field `\(name)`",
        help: Suggestion.help(for: name, among: record.names))
    case .host(let host):
      if let value = try host.field(name) { return value }
      throw Failure(
        "unknown-column", "element \(place) has no field `\(name)`",
        help: Suggestion.help(for: name, among: host.fieldNames))
    default:
      throw Failure(
        "unknown-column", "element \(place) is \(element.kindWithArticle) and has no `\(name)`",
        help: "a column's name works on tables and lists of records; a block works on all")
    }
  }
}

extension Table {
  /// The column of a name that must be there.
  func column(_ name: String, argument: String? = nil) throws(Failure) -> Column {
    if let column = self[name] { return column }
    throw Failure(
      "unknown-column", "the table has no column `\(name)`", argument: argument,
      help: Suggestion.help(for: name, among: names)
        ?? "its columns are " + Suggestion.list(Array(names.prefix(20)), "and"))
  }
}
