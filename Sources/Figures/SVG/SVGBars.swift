import Language

/// Draws a bar to the right, or to the left for a negative number, for each label.
struct SVGBars {
  private let figure: Figure
  private let labels: [String]
  private let values: [Double]
  private let step: Double
  private let left: Double
  private let scale: ValueScale

  private static let width = 460.0
  private static let most = 2_000

  init(_ figure: Figure, labels: [String], values: [Double]) {
    let isCut = values.count > Self.most
    self.figure = isCut ? figure.noting("the first \(Self.most) of \(values.count) bars") : figure
    self.labels = labels.prefix(Self.most).map { SVGFrame.label($0) }
    self.values = Array(values.prefix(Self.most))
    step = min(22, max(3, 1_400 / Double(max(1, self.values.count))))
    left = SVGFrame.margin + (self.labels.map { SVGText.width($0) }.max() ?? 0) + 8
    let finite = self.values.filter(\.isFinite)
    let low = min(0, finite.min() ?? 0)
    let high = max(0, finite.max() ?? 0)
    scale = ValueScale(low: low, high: high > low ? high : 1)
  }

  private var top: Double { SVGFrame.margin + SVGFrame.titleHeight(figure) }
  private var bottom: Double { top + Double(values.count) * step }

  private func x(_ value: Double) -> Double { left + scale.place(value) * Self.width }

  /// The document.
  func document() -> String {
    var svg = SVGText()
    SVGFrame.title(figure, &svg)
    axis(&svg)
    svg.group([("shape-rendering", "crispEdges")]) { svg in bars(&svg) }
    svg.line(x(0), top, x(0), bottom, [("stroke", "#444444")])
    texts(&svg)
    let label = figure.valueLabel.isEmpty ? 0 : SVGFrame.lineHeight
    let end = bottom + 20 + label
    SVGFrame.notes(figure, top: end, &svg)
    return svg.document(
      width: max(left + Self.width + 90, SVGFrame.textWidth(figure)),
      height: end + SVGFrame.notesHeight(figure) + SVGFrame.margin)
  }

  private func axis(_ svg: inout SVGText) {
    let ticks = Ticks.between(scale.low, scale.high, about: 5)
    for (tick, text) in zip(ticks, NumberColumn.texts(ticks, digits: 3)) {
      svg.line(x(tick), top, x(tick), bottom, [("stroke", "#e4e4e4")])
      svg.text(text, x(tick), bottom + 15, anchor: "middle", [("font-size", "11")])
    }
    if figure.valueLabel.isEmpty { return }
    svg.text(
      figure.valueLabel, left + Self.width / 2, bottom + 31, anchor: "middle",
      [("fill", "#666666")])
  }

  private func bars(_ svg: inout SVGText) {
    let colours = ColourScale(kind: .diverging, ground: .light)
    let (below, above) = (colours.colour(0.08).hex, colours.colour(0.92).hex)
    let thickness = max(1, step - (step > 8 ? 4 : 1))
    for (index, value) in values.enumerated() where value.isFinite {
      let y = top + Double(index) * step + (step - thickness) / 2
      let hasBoth = scale.low < 0 && scale.high > 0
      svg.rectangle(
        min(x(0), x(value)), y, abs(x(value) - x(0)), thickness,
        fill: hasBoth && value > 0 ? above : below)
    }
  }

  private func texts(_ svg: inout SVGText) {
    let every = SVGFrame.stride(step: step, need: 13)
    let numbers = NumberColumn.texts(values)
    for index in stride(from: 0, to: values.count, by: every) {
      let y = top + (Double(index) + 0.5) * step + 4
      let label = index < labels.count ? labels[index] : String(index)
      svg.text(label, left - 6, y, anchor: "end")
      guard every == 1 else { continue }
      let value = values[index].isFinite ? values[index] : 0
      svg.text(
        numbers[index], max(x(0), x(value)) + 5, y, [("font-size", "11"), ("fill", "#666666")])
    }
  }
}
