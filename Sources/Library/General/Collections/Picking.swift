import Language

/// Commands that pick elements of a list or rows of a table.
enum Picking {
  static let builtins = [whereCommand, first, last, unique, reverse]

  static let whereCommand = Builtin(
    "where", "Keeps the elements or rows for which a block is true.",
    Parameter<Rows>("items", "What to pick from.", .piped),
    Parameter<FunctionValue>("test", "A block that is given each element and gives a boolean."),
    returns: "list or table", family: .tables, alsoFoundAs: ["filter", "keep"],
    examples: [
      Example(
        "1..6 | where { it % 2 == 0 }", shows: "The even numbers of a range.",
        gives: .numbers(2, 4, 6)),
      Example(
        #"[{head: 0, change: -0.2}, {head: 1, change: 0.9}] | where { it.change > 0 }"#,
        shows: "The records with a positive change.",
        gives: .list(.record(("head", .number(1)), ("change", .number(0.9))))),
      Example(
        "[1, 2] | where { it }", shows: "The block must give a boolean.",
        gives: .fails("wrong-type")),
    ]
  ) { context, items, test throws(Failure) in
    var places: [Int] = []
    for place in 0..<items.count
    where try holds(test, items.value(at: place), context) { places.append(place) }
    return items.picking(places)
  }

  /// Whether a block is true of a value.
  static func holds(
    _ test: FunctionValue, _ value: Value, _ context: Context
  ) throws(Failure) -> Bool {
    try context.interruption.check()
    let result = try context.call(test, [value])
    guard case .bool(let isTrue) = result else {
      throw Failure(
        "wrong-type", "the block must give true or false, not \(result.kindWithArticle)",
        argument: "test", help: "compare: { it.change > 0.5 }")
    }
    return isTrue
  }

  static let first = Builtin(
    "first", "Gives the first element, or the first so many.",
    Parameter<Elements>("items", "What to take from.", .piped),
    Parameter<Int?>("count", "How many; without it, the first element itself.", in: .from(0)),
    returns: "value, or list, table or tensor", family: .tables,
    alsoFoundAs: ["head", "take", "top"],
    examples: [
      Example("[5, 6, 7] | first", shows: "The first element.", gives: .number(5)),
      Example("[5, 6, 7] | first 2", shows: "A list of two.", gives: .numbers(5, 6)),
      Example("[5] | first 3", shows: "As many as there are.", gives: .numbers(5)),
      Example("[] | first", shows: "Nothing has no first element.", gives: .fails("empty")),
    ]
  ) { _, items, count throws(Failure) in
    guard let count else { return try items.value(at: end(of: items, 0)) }
    return try items.slice(0..<limit(count, items))
  }

  static let last = Builtin(
    "last", "Gives the last element, or the last so many.",
    Parameter<Elements>("items", "What to take from.", .piped),
    Parameter<Int?>("count", "How many; without it, the last element itself.", in: .from(0)),
    returns: "value, or list, table or tensor", family: .tables, alsoFoundAs: ["tail"],
    examples: [
      Example("[5, 6, 7] | last", shows: "The last element.", gives: .number(7)),
      Example("[5, 6, 7] | last 2", shows: "The last two, in order.", gives: .numbers(6, 7)),
      Example("[] | last", shows: "Nothing has no last element.", gives: .fails("empty")),
    ]
  ) { _, items, count throws(Failure) in
    guard let count else { return try items.value(at: end(of: items, items.count - 1)) }
    return try items.slice((items.count - limit(count, items))..<items.count)
  }

  private static func end(of items: Elements, _ place: Int) throws(Failure) -> Int {
    if items.count == 0 {
      throw Failure(
        "empty", "there are no elements", argument: "items",
        help: "with a number, as in `first 1`, an empty list gives an empty list")
    }
    return place
  }

  private static func limit(_ count: Int, _ items: Elements) -> Int {
    min(count, items.count)
  }

  static let unique = Builtin(
    "unique", "Drops elements that came before; of a table, rows that agree in the given columns.",
    Parameter<Rows>("items", "What to go through.", .piped),
    Parameter<[RowKey]>(
      "by", "Columns or blocks that must agree; none for whole elements.", .rest),
    returns: "list or table", family: .tables, alsoFoundAs: ["distinct", "duplicates", "set"],
    examples: [
      Example("[3, 1, 3, 2, 1] | unique", shows: "Each number once.", gives: .numbers(3, 1, 2)),
      Example(
        #"["one", "two", "six", "four"] | unique { len(it) }"#,
        shows: "The first word of each length.", gives: .strings("one", "four")),
    ]
  ) { context, items, by throws(Failure) in
    let places =
      by.isEmpty
      ? try firstPlaces(of: items.values, context)
      : try firstPlaces(of: Grouping.keys(of: items, by: by, context), context)
    return items.picking(places)
  }

  /// The places of the keys that did not come before.
  private static func firstPlaces<Key: Hashable>(
    of keys: [Key], _ context: Context
  ) throws(Failure) -> [Int] {
    var seen: Set<Key> = []
    var places: [Int] = []
    for place in keys.indices {
      try context.interruption.check()
      if seen.insert(keys[place]).inserted { places.append(place) }
    }
    return places
  }

  static let reverse = Builtin(
    "reverse", "Turns a list or the rows of a table round.",
    Parameter<Rows>("items", "What to turn round.", .piped),
    returns: "list or table", family: .tables, alsoFoundAs: ["backwards"],
    examples: [Example("1..3 | reverse", shows: "The last comes first.", gives: .numbers(3, 2, 1))]
  ) { _, items throws(Failure) in items.picking((0..<items.count).reversed()) }
}
