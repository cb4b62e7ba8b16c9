import Language

/// Draws a heat map in pixels: a square for each number, labels on both axes, and the scale.
struct PNGHeatMap {
  private let figure: Figure
  private let map: Figure.HeatMap
  private let scale: ValueScale
  private let colours: ColourScale
  private let title: String
  private let rows: [String]
  private let columns: [String]
  private let texts: [[String]]
  private let cell: (width: Int, height: Int)
  private let left: Int
  private let top: Int

  private static let margin = 12
  private static let line = 22
  /// The most rows and columns; larger maps are drawn in blocks, each as the mean of its numbers.
  private static let most = 400

  /// - Throws: `wrong-type` for a label that the font cannot draw.
  init(_ figure: Figure, _ whole: Figure.HeatMap) throws(Failure) {
    let map = whole.pooled(most: Self.most)
    self.figure = figure
    self.map = map
    scale = ValueScale(map.values.joined(), kind: map.scale)
    colours = ColourScale(kind: map.scale, ground: .light)
    title = try Self.plain(figure.title)
    rows = try map.rows.map { label throws(Failure) in try Self.plain(label) }
    columns = try map.columns.map { label throws(Failure) in try Self.plain(label) }
    let most = max(map.columns.count, map.values.count, 1)
    var height = min(40, max(3, 800 / most))
    var width = height
    if map.texts.isEmpty {
      let numbers = NumberColumn.cells(Array(map.values.joined()))
      let widest = numbers.map { Raster.width(of: $0, dot: 1) }.max() ?? 0
      var next = numbers.makeIterator()
      texts =
        height >= 16 && widest + 4 <= width
        ? map.values.map { $0.map { _ in next.next() ?? "" } } : []
    } else {
      texts = try map.texts.map { line throws(Failure) in
        try line.map { text throws(Failure) in try Self.plain(String(text.prefix(14))) }
      }
      width = max(width, (texts.joined().map { Raster.width(of: $0, dot: 1) }.max() ?? 0) + 8)
      height = max(height, 16)
    }
    cell = (width, height)
    let rowWidth = rows.map { Raster.width(of: $0) }.max() ?? 0
    left = Self.margin + (map.rowTitle.isEmpty ? 0 : Self.line) + rowWidth + 8
    let widest = columns.map { Raster.width(of: $0) }.max() ?? 0
    let labels = widest > width - 4 ? widest : Raster.textHeight()
    top =
      Self.margin + (title.isEmpty ? 0 : Self.line) + (map.columnTitle.isEmpty ? 0 : Self.line)
      + labels + 8
  }

  /// The picture; one without pixels where it would be too large.
  func raster() throws(Failure) -> Raster {
    let width = map.columns.count * cell.width
    let height = map.values.count * cell.height
    let label = try Self.plain(figure.valueLabel)
    let notes = try figure.notes.map { note throws(Failure) in try Self.plain(note) }
    let scaleHeight = min(max(height, 80), 220)
    let ends = try NumberColumn.texts([scale.low, scale.high], digits: 3).map {
      text throws(Failure) in try Self.plain(text)
    }
    let scaleWidth = 30 + (ends + [label]).map { Raster.width(of: $0) }.reduce(0, max)
    let noteWidth = notes.map { Raster.width(of: $0, dot: 1) }.max() ?? 0
    let body = top + max(height, scaleHeight + Self.line)
    var raster = Raster(
      width: max(
        left + width + 24 + scaleWidth, noteWidth + Self.margin, Raster.width(of: title) + left)
        + Self.margin, height: body + notes.count * 14 + 2 * Self.margin)
    if raster.width == 0 { return raster }
    raster.write(title, left, Self.margin)
    drawCells(&raster)
    try drawLabels(&raster, width: width, height: height)
    drawScale(&raster, x: left + width + 24, height: scaleHeight, ends: ends, label: label)
    for (index, note) in notes.enumerated() {
      raster.write(note, Self.margin, body + Self.margin + index * 14, .quietInk, dot: 1)
    }
    return raster
  }

  private func drawCells(_ raster: inout Raster) {
    for (row, values) in map.values.enumerated() {
      for (column, value) in values.enumerated() {
        let colour = colours.colour(scale.place(value))
        let (x, y) = (left + column * cell.width, top + row * cell.height)
        raster.fill(x, y, cell.width, cell.height, colour)
        guard row < texts.count, column < texts[row].count else { continue }
        let text = texts[row][column]
        raster.write(
          text, x + (cell.width - Raster.width(of: text, dot: 1)) / 2,
          y + (cell.height - Raster.textHeight(dot: 1)) / 2,
          colour.wantsWhiteText ? .white : .ink, dot: 1)
      }
    }
  }

  private func drawLabels(_ raster: inout Raster, width: Int, height: Int) throws(Failure) {
    let step = max(1, (Raster.textHeight() + 2 + cell.height - 1) / cell.height)
    for row in stride(from: 0, to: rows.count, by: step) {
      raster.write(
        rows[row], left - 8 - Raster.width(of: rows[row]),
        top + row * cell.height + (cell.height - Raster.textHeight()) / 2)
    }
    let isUpright = (columns.map { Raster.width(of: $0) }.max() ?? 0) > cell.width - 4
    let across =
      isUpright ? max(1, (Raster.textHeight() + 2 + cell.width - 1) / cell.width) : 1
    for column in stride(from: 0, to: columns.count, by: across) {
      let middle = left + column * cell.width + cell.width / 2
      if isUpright {
        raster.write(
          columns[column], middle - Raster.textHeight() / 2, top - 6, isUpright: true)
      } else {
        raster.write(
          columns[column], middle - Raster.width(of: columns[column]) / 2,
          top - 6 - Raster.textHeight())
      }
    }
    let rowTitle = try Self.plain(map.rowTitle)
    raster.write(
      rowTitle, Self.margin, top + height / 2 + Raster.width(of: rowTitle) / 2, .quietInk,
      isUpright: true)
    raster.write(
      try Self.plain(map.columnTitle), left,
      Self.margin + (title.isEmpty ? 0 : Self.line), .quietInk)
  }

  private func drawScale(
    _ raster: inout Raster, x: Int, height: Int, ends: [String], label: String
  ) {
    for step in 0..<height {
      let place = 1 - Double(step) / Double(max(height - 1, 1))
      raster.fill(x, top + step, 14, 1, colours.colour(place))
    }
    raster.write(ends.last ?? "", x + 20, top)
    raster.write(ends.first ?? "", x + 20, top + height - Raster.textHeight())
    raster.write(label, x, top + height + 8, .quietInk)
  }

  /// A text as the font can write it.
  ///
  /// - Throws: `wrong-type` that names .svg for what it cannot.
  static func plain(_ text: String) throws(Failure) -> String {
    var plain = ""
    for character in text {
      switch character {
      case "×": plain += "x"
      case "…": plain += "..."
      case "−", "–": plain += "-"
      case "·": plain += "."
      case "∞": plain += "inf"
      case "\n": plain += "\\n"
      case "\t": plain += "\\t"
      default: plain.append(character)
      }
    }
    guard BitmapFont.canDraw(plain) else {
      throw Failure(
        "wrong-type", "the letters of \(Value.quoted(text)) are not in the font of .png pictures",
        argument: "value", help: "save it as .svg, which writes all letters")
    }
    return plain
  }
}
