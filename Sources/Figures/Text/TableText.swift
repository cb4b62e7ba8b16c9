import Language

/// Writes a table so that it fits: cells are shortened first, then bars and columns are left out.
struct TableText {
  let table: Table
  let style: RenderStyle

  private static let gap = 2
  /// The columns below which the first column, whose cells say which row is which, is not cut.
  private static let firstWidth = 24

  /// The lines, notes included.
  func lines() -> [String] {
    let ink = Ink(colour: style.colour)
    if table.columns.isEmpty {
      return [ink.paint("an empty table", .quiet)] + notes(ink)
    }
    let shown = shownRows
    var columns = table.columns.map { TableCells($0, rows: 0..<shown) }
    var lines: [String] = []
    var hidden: [String] = []
    if style.maxRows == nil {
      for (index, group) in groups(of: columns).enumerated() {
        if index > 0 { lines.append("") }
        lines += block(group, rows: shown, ink)
      }
    } else {
      // Bars only repeat what numbers say, so that they go first.
      if fitting(columns) < columns.count { columns = columns.map(\.withoutBars) }
      let kept = fitting(columns)
      hidden = columns.dropFirst(kept).map(\.name)
      lines += block(Array(columns.prefix(kept)), rows: shown, ink)
    }
    lines += remarks(shown: shown, hidden: hidden).map { ink.paint($0, .quiet) }
    return lines + notes(ink)
  }

  /// How many rows are shown; the last few never go for the sake of a remark as long as they are.
  private var shownRows: Int {
    guard let limit = style.maxRows, table.rowCount > limit + 2 else { return table.rowCount }
    return limit
  }

  private func notes(_ ink: Ink) -> [String] { ink.notes(table.notes, width: style.width) }

  private func remarks(shown: Int, hidden: [String]) -> [String] {
    var remarks: [String] = []
    if shown < table.rowCount {
      remarks.append("… \(Value.count(table.rowCount - shown, "more row")) of \(table.rowCount)")
    }
    if !hidden.isEmpty {
      let names = DisplayWidth.truncate(hidden.joined(separator: ", "), max(10, style.width - 40))
      remarks.append("… \(Value.count(hidden.count, "more column")): \(names)")
    }
    guard let last = remarks.popLast() else { return [] }
    return remarks + [last + "; `show` prints all"]
  }

  /// How many columns fit when every cell is cut as far as may be; at least one.
  private func fitting(_ columns: [TableCells]) -> Int {
    var used = 0
    for (index, column) in columns.enumerated() {
      used += least(column, index) + (index > 0 ? Self.gap : 0)
      if used > style.width { return max(1, index) }
    }
    return columns.count
  }

  /// The columns below which a table's column is not cut.
  private func least(_ column: TableCells, _ index: Int) -> Int {
    index == 0 ? min(column.naturalWidth, Self.firstWidth) : column.leastWidth
  }

  /// Columns in groups that fit uncut, the first column repeated at the head of each.
  private func groups(of columns: [TableCells]) -> [[TableCells]] {
    var groups: [[TableCells]] = []
    var group: [TableCells] = []
    var used = 0
    for column in columns {
      let width = column.naturalWidth + Self.gap
      // The first column alone would say nothing, however wide the second one is.
      if group.count > 1, used + width > style.width + Self.gap {
        groups.append(group)
        group = [columns[0]]
        used = columns[0].naturalWidth + Self.gap
      }
      group.append(column)
      used += width
    }
    return groups + [group]
  }

  private func block(_ columns: [TableCells], rows: Int, _ ink: Ink) -> [String] {
    let widths = style.maxRows == nil ? columns.map(\.naturalWidth) : shared(columns)
    let gap = String(repeating: " ", count: Self.gap)
    func trimmed(_ line: String) -> String {
      String(line.reversed().drop { $0 == " " }.reversed())
    }
    let heading = zip(columns, widths).map { $0.heading($1) }.joined(separator: gap)
    let rule = widths.map { String(repeating: "─", count: $0) }.joined(separator: gap)
    var lines = [ink.paint(trimmed(heading), .strong), ink.paint(rule, .quiet)]
    for row in 0..<rows {
      lines.append(
        trimmed(zip(columns, widths).map { $0.cell(row, $1, ink: ink) }.joined(separator: gap)))
    }
    return lines
  }

  /// Widths that fit the style's: the widest texts give way first.
  private func shared(_ columns: [TableCells]) -> [Int] {
    var widths = columns.map(\.naturalWidth)
    var excess = widths.reduce(0, +) + Self.gap * (columns.count - 1) - style.width
    while excess > 0 {
      let open = columns.indices.filter { widths[$0] > least(columns[$0], $0) }
      guard let widest = open.max(by: { widths[$0] < widths[$1] }) else { break }
      let next = open.filter { widths[$0] < widths[widest] }.map { widths[$0] }.max()
      let floor = max(least(columns[widest], widest), next ?? 0)
      let step = max(1, min(excess, widths[widest] - floor))
      widths[widest] -= step
      excess -= step
    }
    if excess > 0, columns.count == 1 { widths[0] = style.width }
    return widths
  }
}
