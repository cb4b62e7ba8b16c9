import Language

/// Draws pictures side by side in equal frames, with one legend for all.
struct SVGPanels {
  private let figure: Figure
  private let panels: [Panel]
  private let across: Int

  /// A picture of the grid: points or lines over its own frame, or a document of its own.
  private struct Panel {
    let figure: Figure
    let series: [Figure.Series]
    let isJoined: Bool
    let frame: PlotFrame
    /// The lines and the size of what is no plot.
    let document: String?
  }

  private static let width = 250.0
  private static let height = 220.0
  private static let gap = 26.0
  /// The most points in one panel that have their labels written.
  private static let mostLabels = 40

  init(_ figure: Figure, _ panels: [Figure]) {
    self.figure = figure
    self.panels = panels.map { panel in
      switch panel.content {
      case .scatter(let series):
        Panel(
          figure: panel, series: series, isJoined: false, frame: PlotFrame(series), document: nil)
      case .lines(let series, _):
        Panel(
          figure: panel, series: series, isJoined: true, frame: PlotFrame(series), document: nil)
      case .heatMap, .bars, .panels:
        Panel(
          figure: panel, series: [], isJoined: false, frame: PlotFrame([]),
          document: SVG.document(for: panel))
      }
    }
    let rows = (panels.count + 2) / 3
    across = rows == 0 ? 1 : (panels.count + rows - 1) / rows
  }

  /// The document.
  func document() -> String {
    var svg = SVGText()
    SVGFrame.title(figure, &svg)
    var top = SVGFrame.margin + SVGFrame.titleHeight(figure)
    let first = top
    var right = SVGFrame.margin
    for start in stride(from: 0, to: panels.count, by: across) {
      var (left, height) = (SVGFrame.margin, 0.0)
      for panel in panels[start..<min(start + across, panels.count)] {
        let size = draw(panel, left, top, &svg)
        left += size.width + Self.gap
        height = max(height, size.height)
      }
      right = max(right, left - Self.gap)
      top += height + Self.gap
    }
    let legendWidth = legend(x: right + 20, top: first, &svg)
    let end = top - Self.gap
    SVGFrame.notes(figure, top: end, &svg)
    return svg.document(
      width: max(right + legendWidth + SVGFrame.margin, SVGFrame.textWidth(figure)),
      height: end + SVGFrame.notesHeight(figure) + SVGFrame.margin)
  }

  private func draw(
    _ panel: Panel, _ left: Double, _ top: Double, _ svg: inout SVGText
  ) -> (width: Double, height: Double) {
    if let document = panel.document { return svg.embed(document, left, top) }
    var y = top
    if !panel.figure.title.isEmpty {
      svg.text(panel.figure.title, left, y + 12, [("font-weight", "bold")])
      y += 18
    }
    let frame = y
    let corner = (x: left, y: frame)
    svg.element(
      "rect",
      [
        ("x", SVGText.number(left)), ("y", SVGText.number(frame)),
        ("width", SVGText.number(Self.width)), ("height", SVGText.number(Self.height)),
        ("fill", "none"), ("stroke", "#bbbbbb"),
      ])
    for (index, one) in panel.series.enumerated() {
      mark(one, SeriesColour.onLight(index).hex, panel, corner, &svg)
    }
    y += Self.height
    let quiet = [("fill", "#666666"), ("font-size", "11")]
    if !panel.figure.valueLabel.isEmpty {
      svg.text(
        panel.figure.valueLabel, left + 12, frame + Self.height / 2, anchor: "middle", turned: -90,
        quiet)
    }
    if !panel.figure.xLabel.isEmpty {
      svg.text(panel.figure.xLabel, left + Self.width / 2, y - 5, anchor: "middle", quiet)
    }
    for note in panel.figure.notes {
      y += 14
      svg.text(note, left, y, quiet)
    }
    let widest = panel.figure.notes.map { SVGText.width($0) * 0.85 }.max() ?? 0
    return (max(Self.width, widest), y - top)
  }

  private func mark(
    _ one: Figure.Series, _ colour: String, _ panel: Panel, _ corner: (x: Double, y: Double),
    _ svg: inout SVGText
  ) {
    // Room for the axes' names inside the frame.
    func x(_ value: Double) -> Double {
      corner.x + 22 + panel.frame.x.place(value) * (Self.width - 32)
    }
    func y(_ value: Double) -> Double {
      corner.y + Self.height - 20 - panel.frame.y.place(value) * (Self.height - 30)
    }
    let points = zip(one.x, one.y).enumerated().filter { $1.0.isFinite && $1.1.isFinite }
    if panel.isJoined, points.count > 1 {
      let places = points.map { "\(SVGText.number(x($1.0))),\(SVGText.number(y($1.1)))" }
      svg.element(
        "polyline",
        [
          ("points", places.joined(separator: " ")), ("fill", "none"), ("stroke", colour),
          ("stroke-width", "1.5"),
        ])
      return
    }
    let isLabelled =
      panel.series.reduce(0) { $0 + $1.x.count } <= Self.mostLabels && !one.labels.isEmpty
    svg.group([("fill", colour), ("fill-opacity", "0.7")]) { svg in
      for (_, point) in points {
        svg.element(
          "circle",
          [
            ("cx", SVGText.number(x(point.0))), ("cy", SVGText.number(y(point.1))), ("r", "2.5"),
          ])
      }
    }
    if !isLabelled { return }
    for (index, point) in points where index < one.labels.count {
      // To the left of points near the right edge.
      let isRight = panel.frame.x.place(point.0) > 0.75
      svg.text(
        SVGFrame.label(one.labels[index]), x(point.0) + (isRight ? -4 : 4), y(point.1) - 3,
        anchor: isRight ? "end" : "start", [("font-size", "9")])
    }
  }

  /// Names and colours to the right; gives the width taken.
  private func legend(x: Double, top: Double, _ svg: inout SVGText) -> Double {
    guard let series = panels.first(where: { !$0.series.isEmpty })?.series, series.count > 1 else {
      return 0
    }
    for (index, one) in series.prefix(40).enumerated() {
      let y = top + 10 + Double(index) * SVGFrame.lineHeight
      svg.rectangle(x, y - 8, 10, 10, fill: SeriesColour.onLight(index).hex)
      svg.text(SVGFrame.label(one.name), x + 16, y + 1)
    }
    let widest = series.prefix(40).map { SVGText.width(SVGFrame.label($0.name)) }.max() ?? 0
    return widest + 40
  }
}
