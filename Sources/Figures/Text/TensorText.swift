import Language

/// Writes a tensor: a vector as a row of blocks, a matrix as a heat map, more axes as a summary.
struct TensorText {
  let tensor: TensorValue
  let style: RenderStyle

  /// The lines, notes included.
  func lines() -> [String] {
    let ink = Ink(colour: style.colour)
    let notes = ink.notes(tensor.notes, width: style.width)
    if let scalar = tensor.scalar { return [NumberText.shortest(scalar)] + notes }
    if tensor.count == 0 { return [tensor.summaryText] + notes }
    switch tensor.axes.count {
    case 1: return vector(tensor.axes[0], ink) + notes
    case 2: return matrix(ink) + notes
    default: return overview(ink) + notes
    }
  }

  private func matrix(_ ink: Ink) -> [String] {
    let rows = Figure.HeatMap(tensor)
    return [ink.paint(tensor.summaryText, .quiet)]
      + HeatMapText(rows, valueLabel: "", style: style).lines()
  }

  /// Labelled entries in cells: label, block and number; many numbered ones as blocks alone.
  private func vector(_ axis: TensorValue.Axis, _ ink: Ink) -> [String] {
    let values = tensor.doubles
    let hasNegative = values.contains { $0.isFinite && $0 < 0 }
    let scale = ValueScale(values, kind: hasNegative ? .diverging : .sequential)
    let heading = ink.paint(tensor.summaryText, .quiet)
    if axis.labels == nil && axis.count > 24 {
      return [heading] + blocks(values, scale, ink)
    }
    let numbers = NumberColumn.texts(values, digits: 3)
    let labels = (0..<axis.count).map { Columns.oneLine(axis.label($0)) }
    let widest = zip(numbers, labels).map { max($0.count, min(DisplayWidth.of($1), 10)) }.max() ?? 1
    let perLine = max(1, (style.width + 2) / (widest + 2))
    let limit = style.maxRows.map { max(1, $0 / 4) * perLine } ?? axis.count
    let shown = min(axis.count, limit)
    var lines = [heading]
    for start in stride(from: 0, to: shown, by: perLine) {
      let part = start..<min(shown, start + perLine)
      func row(_ text: (Int) -> String) -> String {
        part.map { Columns.right(text($0), widest) }.joined(separator: "  ")
      }
      lines.append(ink.paint(row { DisplayWidth.truncate(labels[$0], widest) }, .strong))
      lines.append(
        ink.paint(
          row { String(repeating: Bar.level(scale.place(values[$0])), count: min(4, widest)) },
          .accent))
      lines.append(row { numbers[$0] })
    }
    if shown < axis.count { lines.append(ink.paint(more(axis.count - shown), .quiet)) }
    return lines
  }

  private func blocks(_ values: [Double], _ scale: ValueScale, _ ink: Ink) -> [String] {
    let margin = String(values.count).count
    let perLine = max(8, (style.width - margin - 1) / 8 * 8)
    let limit = style.maxRows.map { max(1, $0 / 2) * perLine } ?? values.count
    let shown = min(values.count, limit)
    var lines = stride(from: 0, to: shown, by: perLine).map { start -> String in
      let part = values[start..<min(shown, start + perLine)]
      let row = part.map { Bar.level(scale.place($0)) }.joined()
      return Columns.right(String(start), margin) + " " + ink.paint(row, .accent)
    }
    if shown < values.count { lines.append(ink.paint(more(values.count - shown), .quiet)) }
    return lines
  }

  private func more(_ count: Int) -> String { "… \(count) more; `show` prints all" }

  /// The axes with their labels, three numbers that stand for all, and how to take a part.
  private func overview(_ ink: Ink) -> [String] {
    let nameWidth = tensor.axes.map { DisplayWidth.of($0.name) }.max() ?? 0
    let countWidth = tensor.axes.map { String($0.count).count }.max() ?? 0
    var lines = [ink.paint(tensor.summaryText, .strong)]
    for axis in tensor.axes {
      let name = Columns.left(Columns.oneLine(axis.name), nameWidth)
      let labels = axis.labels.map { labels in
        labels.prefix(40).map { Columns.oneLine($0) }.joined(separator: " ")
      }
      let line =
        "  \(name)  \(Columns.right(String(axis.count), countWidth))  "
        + (labels ?? "0 … \(axis.count - 1)")
      lines.append(DisplayWidth.truncate(line, style.width))
    }
    let picks = tensor.axes.dropLast(2).map { "\($0.name): 0" }.joined(separator: ", ")
    lines.append(ink.paint("  a part of it: `_[\(picks)]`", .quiet))
    return lines
  }
}
