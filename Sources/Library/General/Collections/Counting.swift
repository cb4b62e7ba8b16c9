import Language

/// Commands that say how much there is and what it is called.
enum Counting {
  static let builtins = [len, count, keys]

  static let len = Builtin(
    "len", "Says how many elements, rows, fields or characters there are.",
    Parameter<Value>(
      "value", "A list, table, record, range or string, or a tensor's first axis.", .piped),
    returns: "number", family: .tables, alsoFoundAs: ["length", "size", "how many"],
    examples: [
      Example("len [4, 5, 6]", shows: "Elements of a list.", gives: .number(3)),
      Example("1..10 | where { it > 7 } | len", shows: "What a filter left.", gives: .number(3)),
      Example(#"len "ähm""#, shows: "Characters of a string.", gives: .number(3)),
      Example("len 3", shows: "A number has no length.", gives: .fails("wrong-type")),
    ]
  ) { _, value throws(Failure) in
    switch value.presented {
    case .string(let text): return .int(text.stoppableCount)
    case .list(let list): return .int(list.count)
    case .table(let table): return .int(table.rowCount)
    case .record(let record): return .int(record.count)
    case .range(let range): return .int(range.count)
    case .tensor(let tensor) where !tensor.axes.isEmpty: return .int(tensor.axes[0].count)
    case .host(let host):
      if let items = host as? any Items { return .int(items.count) }
      fallthrough
    default:
      throw Failure(
        "wrong-type", "\(value.kindWithArticle) has no length", argument: "value")
    }
  }

  static let count = Builtin(
    "count", "Counts the elements for which a block is true; without one, those that are not null.",
    Parameter<Value>("items", "A list, range, table, or the numbers of a tensor.", .piped),
    Parameter<FunctionValue?>("test", "A block that gives a boolean."),
    returns: "number", family: .tables, alsoFoundAs: ["tally", "how many", "number of"],
    examples: [
      Example("[1, 5, 7] | count { it > 3 }", shows: "How many are above 3.", gives: .number(2)),
      Example(
        "[1, null, 2] | count", shows: "Nulls do not count; `len` gives 3.", gives: .number(2)),
      Example(
        "tensor [[0.1, 0.9], [0.6, 0.4]] | count { it > 0.5 }",
        shows: "All numbers of a tensor.", gives: .number(2)),
    ]
  ) { context, items, test throws(Failure) in
    let values: [Value]
    if case .tensor(let tensor) = items.presented {
      values = tensor.doubles.map { .number($0) }
    } else if let rows = try Rows.from(items) {
      values = rows.values
    } else {
      throw Failure(
        "wrong-type", "`items` takes a \(Elements.kind), not \(items.kindWithArticle)",
        argument: "items")
    }
    var count = 0
    for value in values {
      if let test {
        if try Picking.holds(test, value, context) { count += 1 }
      } else if value != .null {
        count += 1
      }
    }
    return .int(count)
  }

  static let keys = Builtin(
    "keys", "Lists the names of a record's fields, a table's columns or a tensor's axes.",
    Parameter<Value>("value", "A record, table or tensor.", .piped),
    returns: "list", family: .tables, alsoFoundAs: ["columns", "fields", "names", "axes"],
    examples: [
      Example(
        #"keys {name: "x", n: 3}"#, shows: "A record's fields.", gives: .strings("name", "n")),
      Example(
        "tensor [[1, 2]] | keys", shows: "A tensor's axes.", gives: .strings("row", "column")),
      Example("keys [1]", shows: "A list has no names.", gives: .fails("wrong-type")),
    ]
  ) { _, value throws(Failure) in
    let names: [String]
    switch value.presented {
    case .record(let record): names = record.names
    case .table(let table): names = table.names
    case .tensor(let tensor): names = tensor.axes.map(\.name)
    case .host(let host): names = host.fieldNames
    default:
      throw Failure(
        "wrong-type", "`keys` takes a record, table or tensor, not \(value.kindWithArticle)",
        argument: "value")
    }
    return .list(of: names.map { .string($0) })
  }
}
