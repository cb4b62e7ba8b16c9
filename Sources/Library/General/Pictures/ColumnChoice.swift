import Language

/// Which columns of a table a picture shows: one of numbers, and those that name its places.
struct ColumnChoice {
  let value: String
  let keys: [String]

  /// Columns that hold what was measured, the likeliest first.
  private static let values = ["change", "value", "prob", "probability", "score", "mean"]
  /// Columns that say where it was measured, in the order in which they are looked for.
  private static let places = [
    "layer", "head", "neuron", "position", "token", "query", "key", "component", "address",
  ]

  /// Chooses as many key columns as `keys` has entries; an entry that is not nil is taken as it is.
  init(_ table: Table, value: String?, keys: [String?]) throws(Failure) {
    if let value { _ = try table.column(value, argument: "value") }
    for case let name? in keys { _ = try table.column(name) }
    let given = Set(keys.compactMap { $0 })
    let numeric = table.columns.filter { column in
      !given.contains(column.name) && column.values.contains(where: \.isNumber)
    }.map(\.name)
    let chosen =
      value ?? Self.values.first(where: numeric.contains)
      ?? numeric.last { !Self.places.contains($0) } ?? numeric.last
    guard let chosen else {
      throw Failure(
        "no-numbers", "the table has no column of numbers to show", argument: "value",
        help: "its columns are " + Suggestion.list(Array(table.names.prefix(20)), "and"))
    }
    let free = table.names.filter { $0 != chosen && !given.contains($0) }
    var rest = Self.places.filter(free.contains) + free.filter { !Self.places.contains($0) }
    var names: [String] = []
    for key in keys {
      if let key {
        names.append(key)
      } else if !rest.isEmpty {
        names.append(rest.removeFirst())
      } else {
        throw Failure(
          "too-few-columns",
          "this picture wants \(Value.count(keys.count, "column")) beside `\(chosen)`",
          argument: "value",
          help: "its columns are " + Suggestion.list(Array(table.names.prefix(20)), "and")
            + "; `bars` needs one beside the numbers")
      }
    }
    self.value = chosen
    self.keys = names
  }
}

extension Table.Column {
  /// The numbers of the column; null is NaN.
  var numbers: [Double] {
    get throws(Failure) {
      try values.enumerated().map { row, value throws(Failure) in
        switch value {
        case .number(let number): return number
        case .null: return .nan
        default:
          throw Failure(
            "not-a-number", "row \(row) of `\(name)` is \(value.kindWithArticle), not a number")
        }
      }
    }
  }
}
