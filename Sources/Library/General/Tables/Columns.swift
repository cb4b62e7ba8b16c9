import Language

/// Commands on the columns of a table.
enum Columns {
  static let builtins = [select, addColumn, rename, merge]

  static let select = Builtin(
    "select", "Keeps the named columns of a table, or fields of a record, in the given order.",
    Parameter<Value>("value", "A table, a list of records, or a record.", .piped),
    Parameter<[String]>("columns", "Their names.", .rest),
    returns: "table or record", family: .tables, alsoFoundAs: ["columns", "project", "pick"],
    examples: [
      Example(
        #"table [{a: 1, b: 2, c: 3}] | select "c" "a""#, shows: "Two columns, turned round.",
        gives: .table(("c", .numbers(3)), ("a", .numbers(1)))),
      Example(
        #"{a: 1, b: 2} | select "b""#, shows: "One field of a record.",
        gives: .value(.record(("b", .number(2))))),
      Example(
        #"table [{layer: 1}] | select "layr""#, shows: "An unknown column.",
        gives: .fails("unknown-column")),
    ]
  ) { _, value, columns throws(Failure) in
    if case .record(let record) = value {
      return .record(
        Record(
          try columns.map { name throws(Failure) in
            guard let field = record[name] else {
              throw Failure(
                "unknown-column", "the record has no field `\(name)`", argument: "columns",
                help: Suggestion.help(for: name, among: record.names))
            }
            return (name, field)
          }))
    }
    let table = try Tables.table(value)
    return .table(
      Table(
        try columns.map { name throws(Failure) in try table.column(name, argument: "columns") },
        notes: table.notes))
  }

  static let addColumn = Builtin(
    "add_column", "Adds a column to a table, or replaces it, with what a block makes of each row.",
    Parameter<Table>("table", "The table.", .piped),
    Parameter<String>("name", "The column's name."),
    Parameter<FunctionValue>("value", "A block that is given each row."),
    returns: "table", family: .tables,
    alsoFoundAs: ["insert", "derive", "mutate", "compute column"],
    examples: [
      Example(
        #"table [{change: -2}, {change: 1}] | add_column "size" { abs(it.change) }"#,
        shows: "The size of a change beside it.",
        gives: .table(("change", .numbers(-2, 1)), ("size", .numbers(2, 1))))
    ]
  ) { context, table, name, block throws(Failure) in
    let values = try RowKey.block(block).values(in: .table(table), context)
    let new = Table.Column(name, values)
    var columns = table.columns
    if let place = columns.firstIndex(where: { $0.name == name }) {
      columns[place] = new
    } else {
      columns.append(new)
    }
    return .table(Table(columns, notes: table.notes))
  }

  static let rename = Builtin(
    "rename", "Gives a column of a table another name.",
    Parameter<Table>("table", "The table.", .piped),
    Parameter<String>("from", "The column's name."),
    Parameter<String>("to", "Its new name."),
    returns: "table", family: .tables, alsoFoundAs: ["rename column"],
    examples: [
      Example(
        #"table [{change: 1}] | rename "change" "before""#, shows: "A new heading.",
        gives: .table(("before", .numbers(1)))),
      Example(
        #"table [{a: 1, b: 2}] | rename "a" "b""#, shows: "Names stay unique.",
        gives: .fails("name-taken")),
    ]
  ) { _, table, from, to throws(Failure) in
    _ = try table.column(from, argument: "from")
    if to != from, table[to] != nil {
      throw Failure(
        "name-taken", "the table has a column `\(to)` already", argument: "to",
        help: "leave it out with `select`, or rename it first")
    }
    return .table(
      Table(
        table.columns.map {
          $0.name == from ? Table.Column(to, $0.values, style: $0.style) : $0
        }, notes: table.notes))
  }

  static let merge = Builtin(
    "merge", "Puts two tables side by side: rows that agree in the named columns become one.",
    Parameter<Table>("left", "The first table.", .piped),
    Parameter<Table>("right", "The second table."),
    Parameter<[String]>("on", "The columns that must agree.", .named),
    returns: "table", family: .tables, alsoFoundAs: ["join tables", "match", "combine"],
    details:
      "Rows without a partner are left out; a row with several partners occurs once for each.",
    examples: [
      Example(
        """
        let a = table [{head: 0, before: 1}, {head: 1, before: 2}]
        let b = table [{head: 1, after: 5}]
        merge a b on: ["head"]
        """, shows: "What two sweeps say of one head.",
        gives: .table(("head", .numbers(1)), ("before", .numbers(2)), ("after", .numbers(5)))),
      Example(
        #"merge (table [{h: 0, x: 1}]) (table [{h: 0, x: 2}]) on: ["h"]"#,
        shows: "Other columns must have different names.", gives: .fails("name-taken")),
    ]
  ) { context, left, right, on throws(Failure) in
    .table(try Merging.merge(left, right, on: on, context))
  }
}
