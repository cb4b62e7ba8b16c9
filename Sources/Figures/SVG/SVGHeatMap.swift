import Language

/// Draws a heat map: a square for each number, labels on both axes, and the scale beside it.
struct SVGHeatMap {
  private let figure: Figure
  private let map: Figure.HeatMap
  private let scale: ValueScale
  private let colours: ColourScale
  private let cell: Double
  private let left: Double
  private let top: Double

  /// The most rows and columns; larger maps are drawn in blocks, each as the mean of its numbers.
  private static let most = 400

  init(_ figure: Figure, _ whole: Figure.HeatMap) {
    let map = whole.pooled(most: Self.most)
    self.map = map
    let pooled = map.values.count < whole.values.count || map.columns.count < whole.columns.count
    self.figure = pooled ? figure.noting("each square is the mean of a block") : figure
    scale = ValueScale(map.values.joined(), kind: map.scale)
    colours = ColourScale(kind: map.scale, ground: .light)
    let most = Double(max(map.columns.count, map.values.count, 1))
    let written = map.texts.joined().map { SVGText.width(SVGFrame.label($0)) }.max() ?? 0
    let room = map.texts.isEmpty ? 0 : min(written + 6, 90)
    cell = max(min(36, max(2, (760 / most).rounded(.down))), room)
    let rowWidth = map.rows.map { SVGText.width(SVGFrame.label($0)) }.max() ?? 0
    let rowTitle = map.rowTitle.isEmpty ? 0 : SVGFrame.lineHeight
    left = SVGFrame.margin + rowTitle + rowWidth + 8
    let columnWidth = map.columns.map { SVGText.width(SVGFrame.label($0)) }.max() ?? 0
    let columnHeight = Self.isTurned(columnWidth, cell) ? columnWidth : SVGFrame.lineHeight
    let columnTitle = map.columnTitle.isEmpty ? 0 : SVGFrame.lineHeight
    top = SVGFrame.margin + SVGFrame.titleHeight(figure) + columnTitle + columnHeight + 6
  }

  private var width: Double { Double(map.columns.count) * cell }
  private var height: Double { Double(map.values.count) * cell }

  /// Labels that are wider than a square stand upright.
  private static func isTurned(_ widest: Double, _ cell: Double) -> Bool { widest > cell - 2 }

  /// The document.
  func document() -> String {
    var svg = SVGText()
    SVGFrame.title(figure, &svg)
    svg.group([("shape-rendering", "crispEdges")]) { svg in squares(&svg) }
    if cell >= 30 { numbers(&svg) }
    rowLabels(&svg)
    columnLabels(&svg)
    let legendHeight = min(max(height, 80), 220)
    legend(&svg, height: legendHeight)
    let bottom = top + max(height, legendHeight + 20)
    SVGFrame.notes(figure, top: bottom, &svg)
    let label = SVGText.width(figure.valueLabel)
    return svg.document(
      width: max(left + width + 100 + max(0, label - 60), SVGFrame.textWidth(figure)),
      height: bottom + SVGFrame.notesHeight(figure) + SVGFrame.margin)
  }

  private func squares(_ svg: inout SVGText) {
    for (row, values) in map.values.enumerated() {
      for (column, value) in values.enumerated() {
        svg.rectangle(
          left + Double(column) * cell, top + Double(row) * cell, cell, cell,
          fill: colours.colour(scale.place(value)).hex)
      }
    }
  }

  private func numbers(_ svg: inout SVGText) {
    let texts =
      map.texts.isEmpty
      ? NumberColumn.cells(Array(map.values.joined()))
      : map.texts.joined().map { SVGFrame.label($0) }
    svg.group([("font-size", "10"), ("text-anchor", "middle")]) { svg in
      for (index, value) in map.values.joined().enumerated() {
        let row = index / map.columns.count
        let column = index % map.columns.count
        let ground = colours.colour(scale.place(value))
        svg.text(
          texts[index], left + (Double(column) + 0.5) * cell,
          top + (Double(row) + 0.5) * cell + 3.5,
          [("fill", ground.wantsWhiteText ? "#ffffff" : "#222222")])
      }
    }
  }

  private func rowLabels(_ svg: inout SVGText) {
    let step = SVGFrame.stride(step: cell, need: 13)
    for row in Swift.stride(from: 0, to: map.rows.count, by: step) {
      svg.text(
        SVGFrame.label(map.rows[row]), left - 6, top + (Double(row) + 0.5) * cell + 4, anchor: "end"
      )
    }
    if map.rowTitle.isEmpty { return }
    svg.text(
      map.rowTitle, SVGFrame.margin + 8, top + height / 2, anchor: "middle", turned: -90,
      [("fill", "#666666")])
  }

  private func columnLabels(_ svg: inout SVGText) {
    let labels = map.columns.map { SVGFrame.label($0) }
    let isTurned = Self.isTurned(labels.map { SVGText.width($0) }.max() ?? 0, cell)
    let step = isTurned ? SVGFrame.stride(step: cell, need: 13) : 1
    for column in Swift.stride(from: 0, to: labels.count, by: step) {
      let x = left + (Double(column) + 0.5) * cell
      if isTurned {
        svg.text(labels[column], x + 4, top - 6, turned: -90)
      } else {
        svg.text(labels[column], x, top - 6, anchor: "middle")
      }
    }
    if map.columnTitle.isEmpty { return }
    svg.text(
      map.columnTitle, left + width / 2, SVGFrame.margin + SVGFrame.titleHeight(figure) + 10,
      anchor: "middle", [("fill", "#666666")])
  }

  private func legend(_ svg: inout SVGText, height: Double) {
    let x = left + width + 20
    let steps = 40
    let step = height / Double(steps)
    svg.group([("shape-rendering", "crispEdges")]) { svg in
      for index in 0..<steps {
        let place = 1 - (Double(index) + 0.5) / Double(steps)
        svg.rectangle(
          x, top + Double(index) * step, 14, step + 0.5, fill: colours.colour(place).hex)
      }
    }
    let ticks = Ticks.between(scale.low, scale.high, about: 4)
    let texts = NumberColumn.texts(ticks, digits: 3)
    for (tick, text) in zip(ticks, texts) {
      svg.text(text, x + 20, top + (1 - scale.place(tick)) * height + 4, [("font-size", "11")])
    }
    if figure.valueLabel.isEmpty { return }
    svg.text(figure.valueLabel, x, top + height + 16, [("fill", "#666666"), ("font-size", "11")])
  }
}
