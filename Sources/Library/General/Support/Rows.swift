import Language

/// Values in order that can be picked from: a list, a range, a table row by row, or the elements of
/// one of the embedding's values.
enum Rows: Argument {
  case list(List)
  case table(Table)
  case items(any Items)

  static var kind: String { "list, range or table" }

  /// The most elements that a range is written out to.
  static let largestRange = 10_000_000

  static func from(_ value: Value) throws(Failure) -> Rows? {
    if case .host(let host) = value, let items = host as? any Items { return .items(items) }
    switch value.presented {
    case .list(let list): return .list(list)
    case .table(let table): return .table(table)
    case .range(let range): return .list(List(try numbers(of: range)))
    case .tensor:
      throw Failure(
        "wrong-type", "this works on a list or a table, not on a tensor",
        help: "`table t` makes a row of each number; `flatten t` makes a list")
    default: return nil
    }
  }

  static func numbers(of range: NumberRange) throws(Failure) -> [Double] {
    guard range.count <= largestRange else {
      throw Failure(
        "too-large", "the range has \(range.count) numbers",
        help: "at most \(largestRange) are written out; `for i in …` goes through it one by one")
    }
    return (0..<range.count).map { Double(range.start + $0) }
  }

  var count: Int {
    switch self {
    case .list(let list): list.count
    case .table(let table): table.rowCount
    case .items(let items): items.count
    }
  }

  /// The elements; a table's rows as records.
  var values: [Value] {
    switch self {
    case .list(let list): list.elements
    case .table(let table): table.rows.map { .record($0) }
    case .items(let items):
      Interruption.mappingOrStopping(0..<items.count) { items.item(at: $0) }
    }
  }

  /// The element at a place.
  func value(at place: Int) -> Value {
    switch self {
    case .list(let list): list[place]
    case .table(let table): .record(table.row(place))
    case .items(let items): items.item(at: place)
    }
  }

  /// The elements at `places`, in that order, in the same kind of value.
  func picking(_ places: [Int]) -> Value {
    switch self {
    case .list(let list): .list(List(Interruption.mappingOrStopping(places) { list[$0] }))
    case .table(let table): .table(table.selecting(places))
    case .items(let items): items.picking(places)
    }
  }
}
