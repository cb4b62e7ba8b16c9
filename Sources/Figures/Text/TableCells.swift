import Language

/// A column of a table as texts that are ready to be set.
struct TableCells {
  let name: String
  var cells: [String]
  let isNumeric: Bool
  /// Whether it is text to be read.
  private let isProse: Bool
  /// The full length of the bar beside each number; empty for none.
  private(set) var bars: [String]

  private static let barWidth = 12

  /// The texts of some rows of a column.
  init(_ column: Table.Column, rows: Range<Int>) {
    name = Columns.oneLine(column.name)
    isProse = column.style == .prose
    let values = Array(column.values[rows])
    let numbers = values.map { value -> Double? in
      if case .number(let number) = value { number } else { nil }
    }
    let isNull = values.map { if case .null = $0 { true } else { false } }
    isNumeric =
      numbers.contains { $0 != nil } && zip(numbers, isNull).allSatisfy { $0 != nil || $1 }
    if isNumeric {
      var texts = NumberColumn.texts(numbers.compactMap { $0 }).makeIterator()
      cells = numbers.map { $0 == nil ? "" : texts.next() ?? "" }
    } else {
      cells = Self.texts(values)
    }
    if case .bar(let maximum) = column.style, isNumeric, maximum > 0 {
      bars = numbers.map { Bar.text($0 ?? 0, of: maximum, width: Self.barWidth) }
    } else {
      bars = []
    }
  }

  /// The column with its numbers alone.
  var withoutBars: TableCells {
    var column = self
    column.bars = []
    return column
  }

  /// Strings stand without quotes, unless one of them would not be seen as it is.
  private static func texts(_ values: [Value]) -> [String] {
    let needsQuotes = values.contains {
      guard case .string(let text) = $0 else { return false }
      return text.isEmpty || text.first?.isWhitespace == true || text.last?.isWhitespace == true
        || text.unicodeScalars.contains { $0.value < 0x20 }
    }
    return values.map { value in
      switch value {
      case .null: return ""
      case .string(let text): return Columns.oneLine(needsQuotes ? Value.quoted(text) : text)
      default: return Columns.oneLine(value.text(limit: 200))
      }
    }
  }

  /// The columns that the widest cell and the heading take.
  var naturalWidth: Int {
    max(DisplayWidth.of(name), cells.map { DisplayWidth.of($0) }.max() ?? 0) + barColumns
  }

  /// The columns below which cells are not cut.
  var leastWidth: Int {
    isNumeric ? naturalWidth : min(naturalWidth, isProse ? Self.leastProse : 8)
  }

  private static let leastProse = 36

  private var barColumns: Int { bars.isEmpty ? 0 : Self.barWidth + 1 }

  /// The heading in a width.
  func heading(_ width: Int) -> String {
    let own = width - barColumns
    let text = isNumeric ? Columns.right(name, own) : Columns.left(name, own)
    return bars.isEmpty ? text : text + String(repeating: " ", count: barColumns)
  }

  /// A cell in a width, with its bar.
  func cell(_ row: Int, _ width: Int, ink: Ink) -> String {
    let own = width - barColumns
    let text = isNumeric ? Columns.right(cells[row], own) : Columns.left(cells[row], own)
    if bars.isEmpty { return text }
    return text + " " + ink.paint(bars[row], .accent)
      + String(repeating: " ", count: barColumns - 1 - DisplayWidth.of(bars[row]))
  }
}
