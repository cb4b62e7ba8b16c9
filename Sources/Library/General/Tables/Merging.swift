import Language

/// Putting two tables side by side.
enum Merging {
  /// The most rows that a merge makes.
  static let largestCount = 10_000_000

  /// The rows of both tables that agree in the columns `on`, with the columns of both.
  static func merge(
    _ left: Table, _ right: Table, on: [String], _ context: Context
  ) throws(Failure) -> Table {
    guard !on.isEmpty else {
      throw Failure(
        "missing-argument", "`on` names no column", argument: "on",
        help: "both tables have "
          + Suggestion.list(left.names.filter { right[$0] != nil }, "and"))
    }
    for name in on {
      _ = (try left.column(name, argument: "left"), try right.column(name, argument: "right"))
    }
    let added = right.columns.filter { !on.contains($0.name) }
    if let twin = added.first(where: { left[$0.name] != nil }) {
      throw Failure(
        "name-taken", "both tables have a column `\(twin.name)`", argument: "right",
        help: "rename one first: right | rename \"\(twin.name)\" \"\(twin.name)_2\"")
    }
    var partners: [[Value]: [Int]] = [:]
    for (place, key) in keys(of: right, on).enumerated() {
      partners[key, default: []].append(place)
    }
    var pairs: (left: [Int], right: [Int]) = ([], [])
    for (place, key) in keys(of: left, on).enumerated() {
      try context.interruption.check()
      let found = partners[key] ?? []
      guard pairs.left.count + found.count <= largestCount else {
        throw Failure(
          "too-large", "the result would have more than \(largestCount) rows",
          help: "name more columns that must agree")
      }
      pairs.left += found.map { _ in place }
      pairs.right += found
    }
    let columns = left.selecting(pairs.left).columns + Table(added).selecting(pairs.right).columns
    return Table(columns, notes: (left.notes + right.notes).distinct)
  }

  private static func keys(of table: Table, _ names: [String]) -> [[Value]] {
    let columns = names.compactMap { table[$0]?.values }
    return (0..<table.rowCount).map { row in columns.map { $0[row] } }
  }
}
