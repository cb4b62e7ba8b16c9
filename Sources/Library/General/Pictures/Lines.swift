import Language

/// Lines through numbers, gathered from whatever holds them.
struct Lines {
  private var series: [Figure.Series] = []
  private var ticks: [String] = []
  private var xTitle = ""
  private var yTitle = ""
  private var notes: [String] = []

  /// The most lines that one picture has.
  private static let mostLines = 40

  /// The lines of a table's columns, of a tensor, or of lists of numbers.
  init(_ data: Value, x: String?, y: String?, by: String?) throws(Failure) {
    switch data {
    case .table(let table): try add(table, x: x, y: y, by: by)
    case .tensor(let tensor): try add(NumberGrid(tensor, rows: nil, columns: nil))
    case .list(let list):
      if list.allSatisfy({ if case .list = $0 { true } else { false } }), !list.isEmpty {
        for (place, element) in list.enumerated() {
          guard case .list(let inner) = element else { continue }
          add(
            String(place), try NumberSource.numbers(inner.elements, in: "list \(place)"))
        }
      } else {
        add("", try NumberSource.numbers(list.elements, in: "the list"))
      }
    case .range(let range): add("", try Rows.numbers(of: range))
    default:
      throw Failure(
        "wrong-type", "`plot` draws a table, tensor or list, not \(data.kindWithArticle)",
        argument: "data")
    }
    try NumberGrid.check(series.reduce(0) { $0 + $1.x.count }, 1)
    guard series.count <= Self.mostLines else {
      throw Failure(
        "too-large", "the picture would have \(series.count) lines", argument: "data",
        help: "`heatmap` shows more; \(Self.mostLines) lines can still be told apart")
    }
  }

  /// The picture.
  func figure(title: String) -> Value {
    .figure(
      Figure(
        .lines(series, ticks: ticks), title: title, valueLabel: yTitle, xLabel: xTitle,
        notes: notes))
  }

  private mutating func add(_ name: String, _ numbers: [Double]) {
    series.append(.init(name, x: numbers.indices.map(Double.init), y: numbers))
  }

  private mutating func add(_ grid: NumberGrid) {
    for (row, numbers) in zip(grid.rows, grid.values) { add(row, numbers) }
    let isNumbered = grid.columns == grid.columns.indices.map(String.init)
    ticks = isNumbered ? [] : grid.columns
    xTitle = grid.columnTitle
    notes = grid.notes
  }

  private mutating func add(_ table: Table, x: String?, y: String?, by: String?) throws(Failure) {
    let choice = try ColumnChoice(table, value: y, keys: by == nil ? [x] : [x, by])
    let across = try table.column(choice.keys[0], argument: "x").values
    let heights = try table.column(choice.value, argument: "y").numbers
    let places: [Double]
    if across.allSatisfy(\.isNumber) {
      places = across.map { if case .number(let number) = $0 { number } else { .nan } }
    } else {
      let different = across.distinct
      let place = Dictionary(uniqueKeysWithValues: zip(different, different.indices))
      places = across.map { Double(place[$0] ?? 0) }
      ticks = different.map(\.plainText)
    }
    let names = try by.map { name throws(Failure) in try table.column(name, argument: "by").values }
    for name in names?.distinct ?? [.string(choice.value)] {
      let rows = heights.indices.filter { names == nil || names?[$0] == name }
      series.append(
        .init(name.plainText, x: rows.map { places[$0] }, y: rows.map { heights[$0] }))
    }
    (xTitle, yTitle, notes) = (choice.keys[0], choice.value, table.notes)
  }
}
