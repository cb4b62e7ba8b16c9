import Language

/// Writes pictures side by side, as many as the width allows, with one legend for all.
///
/// Points and lines stand in frames without numbers; other pictures are written one below the other.
struct PanelsText {
  let panels: [Figure]
  let style: RenderStyle
  /// Writes a picture that is no plot.
  let other: (Figure) -> [String]

  private static let rows = 10
  private static let leastWidth = 30
  private static let gap = 2

  /// The lines.
  func lines() -> [String] {
    let plots = panels.compactMap(plot)
    guard plots.count == panels.count, let first = plots.first else {
      return maps() ?? panels.flatMap { other($0) }
    }
    let ink = Ink(colour: style.colour)
    let most = max((min(style.width, 120) + Self.gap) / (Self.leastWidth + Self.gap), 1)
    // As even as can be: four panels are two and two, not three and one.
    let rows = (panels.count + most - 1) / most
    let across = (panels.count + rows - 1) / rows
    let width = min((min(style.width, 120) + Self.gap) / across - Self.gap, 60)
    var lines: [String] = []
    for start in stride(from: 0, to: panels.count, by: across) {
      let row = (start..<min(start + across, panels.count)).map { index in
        block(panels[index], plots[index], width: width, ink)
      }
      let height = row.map(\.count).max() ?? 0
      for line in 0..<height {
        let cells = row.map { line < $0.count ? $0[line] : String(repeating: " ", count: width) }
        lines.append(cells.joined(separator: String(repeating: " ", count: Self.gap)).trimmedEnd)
      }
    }
    return lines + first.legend(ink, margin: 0)
  }

  /// Heat maps, as many beside one another as the width allows; nil where there are others.
  private func maps() -> [String]? {
    if panels.isEmpty { return nil }
    var found: [Figure.HeatMap] = []
    for panel in panels {
      guard case .heatMap(let map) = panel.content else { return nil }
      found.append(map)
    }
    let columns = found.map(\.columns.count).max() ?? 1
    let labels = found.flatMap(\.rows).map { DisplayWidth.of($0) }.max() ?? 1
    let least = min(labels + 3, 16) + 2 * columns
    let most = max(1, (style.width + Self.gap) / (least + Self.gap))
    let rows = (panels.count + most - 1) / most
    let across = max(1, (panels.count + rows - 1) / rows)
    let width = (style.width + Self.gap) / across - Self.gap
    var narrow = style
    narrow.width = width
    let ink = Ink(colour: style.colour)
    var lines: [String] = []
    for start in stride(from: 0, to: panels.count, by: across) {
      if start > 0 { lines.append("") }
      let blocks = (start..<min(start + across, panels.count)).map { index in
        [ink.paint(Columns.oneLine(panels[index].title), .strong)]
          + HeatMapText(found[index], valueLabel: panels[index].valueLabel, style: narrow).lines()
      }
      for line in 0..<(blocks.map(\.count).max() ?? 0) {
        let cells = blocks.map { block in
          let text = line < block.count ? block[line] : ""
          return text
            + String(repeating: " ", count: max(0, width - DisplayWidth.of(text.withoutColours)))
        }
        lines.append(cells.joined(separator: String(repeating: " ", count: Self.gap)).trimmedEnd)
      }
    }
    return lines
  }

  private func plot(_ figure: Figure) -> PlotText? {
    switch figure.content {
    case .scatter(let series):
      PlotText(
        series: series, ticks: [], isJoined: false, xLabel: "", valueLabel: "", style: style,
        rows: Self.rows)
    case .lines(let series, let ticks):
      PlotText(
        series: series, ticks: ticks, isJoined: true, xLabel: "", valueLabel: "", style: style,
        rows: Self.rows)
    case .heatMap, .bars, .panels: nil
    }
  }

  /// Title, frame, names of the axes and notes, all of one width.
  private func block(_ figure: Figure, _ plot: PlotText, width: Int, _ ink: Ink) -> [String] {
    let inner = width - 2
    let bar = String(repeating: "─", count: inner)
    var lines = [ink.paint(Columns.left(Columns.oneLine(figure.title), width), .strong)]
    lines.append("┌" + bar + "┐")
    lines += plot.drawing(columns: inner).map { "│" + $0 + "│" }
    lines.append("└" + bar + "┘")
    let axes = [figure.xLabel, figure.valueLabel].filter { !$0.isEmpty }.joined(separator: " × ")
    if !axes.isEmpty { lines.append(Columns.left(Columns.oneLine(axes), width)) }
    for note in figure.notes {
      for part in DisplayWidth.wrapped(note.split(separator: " ").map(String.init), to: width) {
        lines.append(ink.paint(Columns.left(part, width), .quiet))
      }
    }
    return lines
  }
}

extension String {
  /// The text without the terminal's sequences for colours.
  fileprivate var withoutColours: String {
    var text = ""
    var isInside = false
    for scalar in unicodeScalars {
      if scalar == "\u{1B}" { isInside = true }
      if !isInside { text.unicodeScalars.append(scalar) }
      if scalar == "m" { isInside = false }
    }
    return text
  }

  /// The text without spaces at its end.
  fileprivate var trimmedEnd: String {
    var text = self[...]
    while text.hasSuffix(" ") { text.removeLast() }
    return String(text)
  }
}
