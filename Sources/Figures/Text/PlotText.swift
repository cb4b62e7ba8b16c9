import Language

/// Writes lines and points in characters: dots of braille for one series or in colours, else a
/// letter for each series.
struct PlotText {
  let series: [Figure.Series]
  let ticks: [String]
  let isJoined: Bool
  let xLabel: String
  let valueLabel: String
  let style: RenderStyle

  /// The height of the drawing.
  var rows = 14

  private static let marks = Array("ox+*#@%&ABCDEFGHIJKLMNPQRSTUVWYZ")

  /// The lines.
  func lines() -> [String] {
    let ink = Ink(colour: style.colour)
    guard series.contains(where: { !$0.x.isEmpty }) else { return ["no points"] }
    let frame = PlotFrame(series)
    let numbers = axisTexts(frame.y)
    let margin = numbers.map(\.count).max() ?? 1
    let columns = max(10, min(72, style.width - margin - 3))
    let picture = drawing(frame, columns: columns, ink)
    var lines: [String] = valueLabel.isEmpty ? [] : [Columns.oneLine(valueLabel)]
    for (row, content) in picture.enumerated() {
      let number = row % 3 == 0 && row / 3 < numbers.count ? numbers[row / 3] : ""
      lines.append(Columns.right(number, margin) + (number.isEmpty ? " │" : " ┤") + content)
    }
    lines.append(
      String(repeating: " ", count: margin) + " └" + String(repeating: "─", count: columns))
    lines.append(
      String(repeating: " ", count: margin + 2) + horizontalLabels(frame, columns: columns))
    if !xLabel.isEmpty {
      lines.append(String(repeating: " ", count: margin + 2) + Columns.oneLine(xLabel))
    }
    return lines + legend(ink, margin: margin)
  }

  /// The drawing alone, without axes.
  func drawing(columns: Int) -> [String] {
    drawing(PlotFrame(series), columns: columns, Ink(colour: style.colour))
  }

  /// The numbers at every third row, from the top.
  private func axisTexts(_ scale: ValueScale) -> [String] {
    let places = stride(from: 0, to: rows, by: 3).map { 1 - (Double($0) + 0.5) / Double(rows) }
    return NumberColumn.texts(places.map { scale.value(at: $0) }, digits: 3)
  }

  private func drawing(_ frame: PlotFrame, columns: Int, _ ink: Ink) -> [String] {
    if series.count > 1, style.colour == .none { return letters(frame, columns: columns) }
    var canvas = BrailleCanvas(columns: columns, rows: rows)
    for (index, one) in series.enumerated() {
      var last: (x: Int, y: Int)?
      for (x, y) in zip(one.x, one.y) {
        guard x.isFinite, y.isFinite else {
          last = nil
          continue
        }
        let point = (
          x: Int((frame.x.place(x) * Double(canvas.width - 1)).rounded()),
          y: Int(((1 - frame.y.place(y)) * Double(canvas.height - 1)).rounded())
        )
        if let last, isJoined {
          canvas.line(from: last, to: point, series: index)
        } else {
          canvas.dot(point.x, point.y, series: index)
        }
        last = point
      }
    }
    return (0..<rows).map { row in
      (0..<columns).map { column in
        let (text, owner) = canvas.cell(column, row)
        return text == " " ? text : ink.inColour(text, SeriesColour.onDark(owner))
      }.joined()
    }
  }

  private func letters(_ frame: PlotFrame, columns: Int) -> [String] {
    var grid = Array(repeating: Array(repeating: Character(" "), count: columns), count: rows)
    for (index, one) in series.enumerated() {
      for (x, y) in zip(one.x, one.y) where x.isFinite && y.isFinite {
        let column = Int((frame.x.place(x) * Double(columns - 1)).rounded())
        let row = Int(((1 - frame.y.place(y)) * Double(rows - 1)).rounded())
        grid[row][column] = Self.marks[index % Self.marks.count]
      }
    }
    return grid.map { String($0) }
  }

  /// The ticks' names spread along the axis, or the ends' numbers.
  private func horizontalLabels(_ frame: PlotFrame, columns: Int) -> String {
    var places: [(column: Int, text: String)] = []
    if ticks.isEmpty {
      let ends = NumberColumn.texts([frame.x.low, frame.x.high], digits: 3)
      places = [(0, ends[0]), (columns - ends[1].count, ends[1])]
    } else {
      for (index, text) in ticks.enumerated() {
        let place = frame.x.place(Double(index))
        guard place >= 0, place <= 1 else { continue }
        places.append(
          (Int((place * Double(columns - 1)).rounded()), Columns.oneLine(text)))
      }
    }
    var line = ""
    for (column, text) in places {
      let used = DisplayWidth.of(line)
      guard used == 0 || column > used else { continue }
      guard column + DisplayWidth.of(text) <= columns + 1 else { continue }
      line += String(repeating: " ", count: column - used) + text
    }
    return line
  }

  /// The names of the series with their marks, where there are several.
  func legend(_ ink: Ink, margin: Int) -> [String] {
    guard series.count > 1 else { return [] }
    let words = series.enumerated().map { index, one in
      let mark = style.colour == .none ? String(Self.marks[index % Self.marks.count]) : "━"
      return ink.inColour(mark, SeriesColour.onDark(index)) + " " + Columns.oneLine(one.name)
        + " "
    }
    return DisplayWidth.wrapped(words, to: style.width - margin - 2).map {
      String(repeating: " ", count: margin + 2) + $0
    }
  }
}
