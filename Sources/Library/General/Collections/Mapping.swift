import Language

/// Commands that make new lists of old ones.
enum Mapping {
  static let builtins = [each, flatten, zipCommand]

  static let each = Builtin(
    "each", "Calls a block with each element, row or entry, and gathers what it gives.",
    Parameter<Elements>("items", "What to go through; a tensor along its first axis.", .piped),
    Parameter<FunctionValue>("do", "The block; `it` is the element."),
    returns: "list or table", family: .tables,
    alsoFoundAs: ["map", "foreach", "for each", "apply to all"],
    details: "When every result is a record with the same fields, the results are a table.",
    examples: [
      Example("1..3 | each { it * it }", shows: "Squares.", gives: .numbers(1, 4, 9)),
      Example(
        "[2, 3] | each { n => {n: n, cube: n ** 3} }", shows: "Records become a table.",
        gives: .table(("n", .numbers(2, 3)), ("cube", .numbers(8, 27)))),
      Example(
        "tensor [[1, 2], [3, 4]] | each { sum(it) }", shows: "A tensor, row by row.",
        gives: .numbers(3, 7)),
    ]
  ) { context, items, block throws(Failure) in
    var results: [Value] = []
    results.reserveCapacity(min(items.count, 1 << 16))
    try context.loop(items.count, "each") { place throws(Failure) in
      results.append(try context.call(block, [items.value(at: place)]))
    }
    return .gathered(results)
  }

  static let flatten = Builtin(
    "flatten", "Makes one list of the lists in a list, one table of tables, a list of a tensor.",
    Parameter<Value>("value", "A list of lists or tables, or a tensor.", .piped),
    returns: "list or table", family: .tables, alsoFoundAs: ["concatenate", "append", "to list"],
    details: "One level is opened; elements that are not lists stay. Tables are put under one "
      + "another, and what a column lacks is null.",
    examples: [
      Example("flatten [[1, 2], [3]]", shows: "Two lists in a row.", gives: .numbers(1, 2, 3)),
      Example(
        "flatten [(table [{a: 1}]), (table [{a: 2}])]", shows: "Two tables under one another.",
        gives: .table(("a", .numbers(1, 2)))),
      Example(
        "tensor [[1, 2], [3, 4]] | flatten",
        shows: "The numbers of a tensor, the last axis fastest.",
        gives: .numbers(1, 2, 3, 4)),
    ]
  ) { _, value throws(Failure) in
    switch value.presented {
    case .tensor(let tensor): return .list(List(tensor.doubles))
    case .list(let list): return joined(list)
    default:
      throw Failure(
        "wrong-type", "`flatten` takes a list of lists or a tensor, not \(value.kindWithArticle)",
        argument: "value")
    }
  }

  private static func joined(_ list: List) -> Value {
    let tables = list.compactMap { if case .table(let table) = $0.presented { table } else { nil } }
    if !tables.isEmpty, tables.count == list.count {
      return .table(
        Table(
          rows: tables.flatMap(\.rows), always: tables.flatMap(\.names).distinct,
          notes: tables.flatMap(\.notes).distinct))
    }
    return .list(
      of: Interruption.mappingOrStopping(list) { element -> [Value] in
        switch element {
        case .list(let inner): inner.elements
        case .table(let table): table.rows.map { .record($0) }
        default: [element]
        }
      }.flatMap { $0 })
  }

  static let zipCommand = Builtin(
    "zip", "Pairs the elements of lists: the first with the first, and so on.",
    Parameter<Rows>("items", "The first list.", .piped),
    Parameter<[Rows]>("others", "Lists of the same length.", .rest),
    returns: "list", family: .tables, alsoFoundAs: ["pair", "transpose"],
    examples: [
      Example(
        #"zip [1, 2] ["a", "b"] | each { join [it[1], "{it[0]}"] }"#,
        shows: "Numbers with letters.", gives: .strings("a1", "b2")),
      Example(
        "zip [1, 2] [3]", shows: "The lists must be of one length.",
        gives: .fails("length-mismatch")),
    ]
  ) { context, items, others throws(Failure) in
    for other in others where other.count != items.count {
      throw Failure(
        "length-mismatch", "the lists have \(items.count) and \(other.count) elements",
        argument: "others", help: "cut the longer one: xs[0..\(max(0, items.count - 1))]")
    }
    let lists = ([items] + others).map(\.values)
    return .list(
      of: try context.interruption.mapping(0..<items.count) { place in
        .list(of: lists.map { $0[place] })
      })
  }
}

extension Sequence where Element: Hashable {
  /// The elements without those that came before.
  var distinct: [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
