import Language

/// Draws lines or points over two axes, with a legend where there are several series.
struct SVGPlot {
  private let figure: Figure
  private let series: [Figure.Series]
  private let ticks: [String]
  private let isJoined: Bool
  private let frame: PlotFrame
  private let left: Double
  private let yTicks: [Double]

  private static let width = 560.0
  private static let height = 300.0

  init(_ figure: Figure, _ series: [Figure.Series], ticks: [String], isJoined: Bool) {
    self.figure = figure
    self.series = series
    self.ticks = ticks.map { SVGFrame.label($0) }
    self.isJoined = isJoined
    frame = PlotFrame(series)
    yTicks = Ticks.between(frame.y.low, frame.y.high, about: 6)
    let widest = NumberColumn.texts(yTicks).map { SVGText.width($0) }.max() ?? 0
    left = SVGFrame.margin + widest + 8
  }

  private var top: Double {
    SVGFrame.margin + SVGFrame.titleHeight(figure) + (figure.valueLabel.isEmpty ? 0 : 18)
  }
  private var bottom: Double { top + Self.height }

  /// A little room keeps marks off the edges.
  private func x(_ value: Double) -> Double { left + 8 + frame.x.place(value) * (Self.width - 16) }
  private func y(_ value: Double) -> Double {
    bottom - 8 - frame.y.place(value) * (Self.height - 16)
  }

  /// The document.
  func document() -> String {
    var svg = SVGText()
    SVGFrame.title(figure, &svg)
    verticalAxis(&svg)
    let labelHeight = horizontalAxis(&svg)
    for (index, one) in series.enumerated() { draw(one, SeriesColour.onLight(index).hex, &svg) }
    let legendWidth = legend(&svg)
    let xLabel = figure.xLabel.isEmpty ? 0 : SVGFrame.lineHeight
    if !figure.xLabel.isEmpty {
      svg.text(
        figure.xLabel, left + Self.width / 2, bottom + labelHeight + 14, anchor: "middle",
        [("fill", "#666666")])
    }
    let end = bottom + labelHeight + xLabel
    SVGFrame.notes(figure, top: end, &svg)
    return svg.document(
      width: max(left + Self.width + legendWidth + SVGFrame.margin, SVGFrame.textWidth(figure)),
      height: end + SVGFrame.notesHeight(figure) + SVGFrame.margin)
  }

  private func verticalAxis(_ svg: inout SVGText) {
    for (tick, text) in zip(yTicks, NumberColumn.texts(yTicks)) {
      svg.line(left, y(tick), left + Self.width, y(tick), [("stroke", "#e4e4e4")])
      svg.text(text, left - 6, y(tick) + 4, anchor: "end", [("font-size", "11")])
    }
    svg.line(left, top, left, bottom, [("stroke", "#444444")])
    if figure.valueLabel.isEmpty { return }
    svg.text(figure.valueLabel, left, top - 8, [("fill", "#666666")])
  }

  /// Draws numbers, or names thinned and turned as the space demands.
  ///
  /// Gives the height taken.
  private func horizontalAxis(_ svg: inout SVGText) -> Double {
    svg.line(left, bottom, left + Self.width, bottom, [("stroke", "#444444")])
    if ticks.isEmpty {
      let places = Ticks.between(frame.x.low, frame.x.high, about: 8)
      for (place, text) in zip(places, NumberColumn.texts(places)) {
        svg.line(x(place), bottom, x(place), bottom + 4, [("stroke", "#444444")])
        svg.text(text, x(place), bottom + 17, anchor: "middle", [("font-size", "11")])
      }
      return 24
    }
    let step = ticks.count > 1 ? abs(x(1) - x(0)) : Self.width
    let widest = ticks.map { SVGText.width($0) }.max() ?? 0
    let isTurned = widest + 6 > step
    let every = isTurned ? SVGFrame.stride(step: step, need: 13) : 1
    for index in stride(from: 0, to: ticks.count, by: every) {
      let place = frame.x.place(Double(index))
      guard place >= 0, place <= 1 else { continue }
      let at = x(Double(index))
      svg.line(at, bottom, at, bottom + 4, [("stroke", "#444444")])
      if isTurned {
        svg.text(ticks[index], at + 4, bottom + 8, anchor: "end", turned: -90)
      } else {
        svg.text(ticks[index], at, bottom + 17, anchor: "middle")
      }
    }
    return isTurned ? widest + 14 : 24
  }

  private func draw(_ one: Figure.Series, _ colour: String, _ svg: inout SVGText) {
    let points = zip(one.x, one.y).enumerated().filter { $1.0.isFinite && $1.1.isFinite }
    if isJoined {
      for run in runs(one) where run.count > 1 {
        let places = run.map { "\(SVGText.number(x($0.0))),\(SVGText.number(y($0.1)))" }
        svg.element(
          "polyline",
          [
            ("points", places.joined(separator: " ")), ("fill", "none"), ("stroke", colour),
            ("stroke-width", "1.8"),
          ])
      }
    }
    if isJoined && points.count > 80 { return }
    for (index, point) in points {
      svg.element(
        "circle",
        [
          ("cx", SVGText.number(x(point.0))), ("cy", SVGText.number(y(point.1))),
          ("r", isJoined ? "2.5" : "3.5"), ("fill", colour),
        ])
      if index < one.labels.count, points.count <= 120 {
        svg.text(
          SVGFrame.label(one.labels[index]), x(point.0) + 5, y(point.1) - 4, [("font-size", "10")])
      }
    }
  }

  /// The points in stretches without gaps.
  private func runs(_ one: Figure.Series) -> [[(Double, Double)]] {
    var runs: [[(Double, Double)]] = [[]]
    for (x, y) in zip(one.x, one.y) {
      if x.isFinite && y.isFinite {
        runs[runs.count - 1].append((x, y))
      } else {
        runs.append([])
      }
    }
    return runs
  }

  /// Names and colours to the right.
  ///
  /// Gives the width taken.
  private func legend(_ svg: inout SVGText) -> Double {
    guard series.count > 1 else { return 0 }
    let x = left + Self.width + 16
    for (index, one) in series.prefix(40).enumerated() {
      let y = top + 10 + Double(index) * SVGFrame.lineHeight
      svg.rectangle(x, y - 8, 10, 10, fill: SeriesColour.onLight(index).hex)
      svg.text(SVGFrame.label(one.name), x + 16, y + 1)
    }
    let widest = series.prefix(40).map { SVGText.width(SVGFrame.label($0.name)) }.max() ?? 0
    return widest + 36
  }
}
