import Language

/// Gathering rows that belong together.
enum Grouping {
  static let builtins = [group]

  static let group = Builtin(
    "group", "Gathers rows that agree: a row for each key, with its rows in the column `rows`.",
    Parameter<Rows>("items", "What to group.", .piped),
    Parameter<[RowKey]>("by", "Columns, or blocks whose results are the keys.", .rest),
    returns: "table", family: .tables, alsoFoundAs: ["group by", "aggregate", "partition"],
    details: "Groups come in the order in which their keys first occur. The key of a block stands "
      + "in the column `key`. `each` goes on from there: "
      + "`t | group \"layer\" | each { {layer: it.layer, mean: mean(it.rows.change)} }`.",
    examples: [
      Example(
        "1..5 | group { it % 2 }", shows: "Odd and even numbers.",
        gives: .table(
          ("key", .numbers(1, 0)), ("rows", [.list(List([1, 3, 5])), .list(List([2, 4]))]))),
      Example(
        """
        let t = table [{layer: 0, change: 1}, {layer: 0, change: 3}, {layer: 1, change: 5}]
        t | group "layer" | each { {layer: it.layer, mean: mean(it.rows.change)} }
        """, shows: "A statistic for each layer.",
        gives: .table(("layer", .numbers(0, 1)), ("mean", .numbers(2, 5)))),
      Example(
        "[1] | group", shows: "A group needs something that its rows agree in.",
        gives: .fails("missing-argument")),
    ]
  ) { context, items, by throws(Failure) in
    guard !by.isEmpty else {
      throw Failure(
        "missing-argument", "`by` is missing", argument: "by",
        help: #"name a column, as in `group "layer"`, or give a block"#)
    }
    var members: [[Value]: [Int]] = [:]
    var order: [[Value]] = []
    for (place, key) in try keys(of: items, by: by, context).enumerated() {
      try context.interruption.check()
      if members[key] == nil { order.append(key) }
      members[key, default: []].append(place)
    }
    var columns = by.indices.map { index in
      Table.Column(name(index, by), order.map { $0[index] })
    }
    columns.append(Table.Column("rows", order.map { items.picking(members[$0] ?? []) }))
    return .table(Table(columns))
  }

  /// The name of a key's column: that of its own, or `key`, `key_2`, … for blocks.
  private static func name(_ index: Int, _ by: [RowKey]) -> String {
    guard case .block = by[index] else { return by[index].name }
    let before = by[..<index].filter { if case .block = $0 { true } else { false } }.count
    return before == 0 ? "key" : "key_\(before + 1)"
  }

  /// The keys of each row, one for each of `by`.
  static func keys(of items: Rows, by: [RowKey], _ context: Context) throws(Failure) -> [[Value]] {
    var keys = Array(repeating: [Value](), count: items.count)
    for key in by {
      for (place, value) in try key.values(in: items, context).enumerated() {
        keys[place].append(value)
      }
    }
    return keys
  }
}
