import Foundation
import Language

/// The columns or the block that rows are sorted by.
enum SortKeys: Argument {
  case keys([RowKey])

  static var kind: String { "column name, list of column names or block" }

  static func from(_ value: Value) throws(Failure) -> SortKeys? {
    if let key = RowKey.from(value) { return .keys([key]) }
    return try [String].from(value).map { .keys($0.map { .column($0) }) }
  }
}

/// Putting things in order.
enum Sorting {
  static let builtins = [sort]

  static let sort = Builtin(
    "sort", "Puts elements or rows in order, the least first; equal ones stay as they were.",
    Parameter<Rows>("items", "What to sort.", .piped),
    Parameter<SortKeys?>(
      "by", "A column, a list of columns, or a block whose result orders the elements."),
    Parameter<Bool>("descending", "Whether the greatest comes first.", .named, default: false),
    returns: "list or table", family: .tables, alsoFoundAs: ["order", "rank by", "strongest"],
    details: "NaN and null come last, also when descending. Addresses are ordered as people number "
      + "them: `L2` before `L10`.",
    examples: [
      Example("[3, 1, 2] | sort", shows: "Numbers by size.", gives: .numbers(1, 2, 3)),
      Example(
        #"["b", "a"] | sort descending: true"#, shows: "The greatest first.",
        gives: .strings("b", "a")),
      Example(
        "[-3, 1, 2] | sort { abs(it) } descending: true", shows: "By what a block makes of each.",
        gives: .numbers(-3, 2, 1)),
      Example(
        #"table [{head: 0, change: 0.5}, {head: 1, change: -0.7}] | sort "change""#,
        shows: "A table by a column.",
        gives: .table(("head", .numbers(1, 0)), ("change", .numbers(-0.7, 0.5)))),
      Example(
        #"[1, "a"] | sort"#, shows: "A number and a string have no order.",
        gives: .fails("not-comparable")),
    ]
  ) { context, items, by, descending throws(Failure) in
    items.picking(try order(of: items, by: by, descending: descending, context))
  }

  /// The places of `items` in order.
  private static func order(
    of items: Rows, by: SortKeys?, descending: Bool, _ context: Context
  ) throws(Failure) -> [Int] {
    var columns: [[SortValue]] = []
    if case .keys(let keys)? = by {
      for key in keys { columns.append(try SortValue.all(key.values(in: items, context))) }
    } else if case .table(let table) = items {
      throw Failure(
        "missing-argument", "a table is sorted by a column", argument: "by",
        help: "its columns are " + Suggestion.list(Array(table.names.prefix(20)), "and"))
    } else {
      columns = [try SortValue.all(items.values)]
    }
    return try sorted(items.count, context) { a, b in
      for keys in columns {
        let (left, right) = (keys[a], keys[b])
        if left.isLast || right.isLast {
          if left.isLast != right.isLast { return right.isLast }
          continue
        }
        let order = left.order(right)
        if order != .orderedSame { return (order == .orderedAscending) != descending }
      }
      return a < b
    }
  }

  /// The places from 0 to `count` in order, by merging sorted runs, so that sorting can be stopped
  /// in between.
  private static func sorted(
    _ count: Int, _ context: Context, before: (Int, Int) -> Bool
  ) throws(Failure) -> [Int] {
    var runs: [[Int]] = []
    for start in stride(from: 0, to: count, by: 512) {
      try context.interruption.check()
      runs.append((start..<min(start + 512, count)).sorted(by: before))
    }
    while runs.count > 1 {
      var merged: [[Int]] = []
      for pair in stride(from: 0, to: runs.count, by: 2) {
        guard pair + 1 < runs.count else {
          merged.append(runs[pair])
          continue
        }
        merged.append(try merge(runs[pair], runs[pair + 1], context, before: before))
      }
      runs = merged
    }
    return runs.first ?? []
  }

  private static func merge(
    _ left: [Int], _ right: [Int], _ context: Context, before: (Int, Int) -> Bool
  ) throws(Failure) -> [Int] {
    var result: [Int] = []
    result.reserveCapacity(left.count + right.count)
    var (a, b) = (0, 0)
    while a < left.count, b < right.count {
      if result.count & 0x1FF == 0 { try context.interruption.check() }
      if before(right[b], left[a]) {
        result.append(right[b])
        b += 1
      } else {
        result.append(left[a])
        a += 1
      }
    }
    result += left[a...]
    result += right[b...]
    return result
  }
}
