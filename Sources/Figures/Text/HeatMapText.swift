import Language

/// Writes a heat map: its labels, a cell for each number, and the scale.
///
/// Where numbers fit they stand in the cells. Where they do not, a colour is all there is; without
/// colours, a digit from 0 to 9 stands for the place on the scale.
struct HeatMapText {
  let map: Figure.HeatMap
  let valueLabel: String
  let style: RenderStyle
  let scale: ValueScale
  let ink: Ink
  let labels: HeatLabels

  private static let widestLabel = 18

  init(_ map: Figure.HeatMap, valueLabel: String, style: RenderStyle) {
    self.map = map
    self.valueLabel = valueLabel
    self.style = style
    scale = ValueScale(map.values.joined(), kind: map.scale)
    ink = Ink(colour: style.colour)
    labels = HeatLabels(map)
  }

  /// The lines.
  func lines() -> [String] {
    guard !map.values.isEmpty, !map.columns.isEmpty else { return ["an empty heat map"] }
    let rows = shownRows
    let widest = labels.rows.prefix(rows).map { DisplayWidth.of($0) }.max() ?? 0
    let margin = min(max(widest, DisplayWidth.of(rowTitle)), Self.widestLabel, style.width / 3)
    let cells = HeatCells(self, rows: rows, width: style.width - margin - 1)
    let colours = ColourScale(kind: map.scale, ground: .dark)
    var lines = header(cells, margin: margin)
    for row in 0..<rows {
      let line = (0..<cells.count).map { column -> String in
        let place = scale.place(map.values[row][column])
        return ink.onGround(cells.text(row, column), colours.colour(place))
      }
      lines.append(Columns.right(labels.rows[row], margin) + " " + line.joined())
    }
    lines += legend(cells, margin: margin, colours).map { ink.paint($0, .quiet) }
    return lines + remarks(rows: rows, columns: cells.count).map { ink.paint($0, .quiet) }
  }

  private var rowTitle: String { Columns.oneLine(map.rowTitle) }

  private var shownRows: Int {
    guard let limit = style.maxRows, map.values.count > limit + 2 else { return map.values.count }
    return limit
  }

  /// The titles of the axes and the columns' labels: across where they fit, else downwards.
  private func header(_ cells: HeatCells, margin: Int) -> [String] {
    let labels = labels.columns.prefix(cells.count)
    let space = String(repeating: " ", count: margin + 1)
    let widest = labels.map { DisplayWidth.of($0) }.max() ?? 0
    var lines: [String] = []
    if widest < cells.cellWidth {
      lines = [labels.map { " " + Columns.right($0, cells.cellWidth - 1) }.joined()]
    } else {
      let columns = labels.map { Array($0.drop { $0 == " " }.prefix(12)) }
      let depth = columns.map(\.count).max() ?? 0
      for level in 0..<depth {
        // Short labels stand at the bottom, beside their cells.
        lines.append(
          columns.map { label in
            let index = level - (depth - label.count)
            return Columns.right(index >= 0 ? String(label[index]) : "", cells.cellWidth)
          }.joined())
      }
    }
    lines = lines.map { line in space + line }
    if let last = lines.indices.last, !rowTitle.isEmpty {
      lines[last] = Columns.right(rowTitle, margin) + lines[last].dropFirst(margin)
    }
    if !map.columnTitle.isEmpty { lines.insert(space + Columns.oneLine(map.columnTitle), at: 0) }
    return lines.map { line in
      ink.paint(String(line.reversed().drop { $0 == " " }.reversed()), .strong)
    }
  }

  /// What the colours or digits mean.
  private func legend(_ cells: HeatCells, margin: Int, _ colours: ColourScale) -> [String] {
    let ends = NumberColumn.texts([scale.low, scale.high], digits: 3)
    let what = valueLabel.isEmpty ? "" : "  " + Columns.oneLine(valueLabel)
    let indent = String(repeating: " ", count: margin + 1)
    switch (style.colour, cells.kind) {
    case (.none, .number): return valueLabel.isEmpty ? [] : [indent + what.dropFirst(2)]
    case (.none, _):
      let first = map.scale == .diverging ? "-9" : "0"
      return ["\(indent)\(first) = \(ends[0]) … 9 = \(ends[1])\(what)"]
    default:
      let words = DisplayWidth.of(ends.joined() + what) + 2
      let steps = max(4, min(24, style.width - indent.count - words))
      let ramp = (0..<steps).map { step in
        ink.onGround(" ", colours.colour(Double(step) / Double(steps - 1)))
      }.joined()
      return ["\(indent)\(ends[0]) \(ramp) \(ends[1])\(what)"]
    }
  }

  private func remarks(rows: Int, columns: Int) -> [String] {
    var left: [String] = []
    if rows < map.values.count { left.append(Value.count(map.values.count - rows, "more row")) }
    if columns < map.columns.count {
      left.append(Value.count(map.columns.count - columns, "more column"))
    }
    if left.isEmpty { return [] }
    return ["… " + left.joined(separator: ", ") + "; `save` to an .svg file draws all"]
  }
}
