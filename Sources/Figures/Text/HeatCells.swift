import Language

/// How the cells of a heat map are written, chosen by the space there is.
struct HeatCells {
  enum Kind {
    /// The number itself.
    case number
    /// The place on the scale as a digit.
    case digit
    /// Nothing but the ground's colour.
    case blank
  }

  let kind: Kind
  let cellWidth: Int
  /// How many of the columns fit.
  let count: Int
  private let texts: [[String]]

  init(_ text: HeatMapText, rows: Int, width: Int) {
    let map = text.map
    let total = map.columns.count
    let hasColour = text.style.colour != .none
    let shown = map.values.prefix(rows).map { Array($0.prefix(width)) }
    let numbers = NumberColumn.cells(Array(shown.joined()))
    let widest = numbers.map(\.count).max() ?? 1
    let labels = text.labels.columns.map { DisplayWidth.of($0) }.max() ?? 1
    // Wide enough for the labels where there is room for that too.
    let wide = [min(max(widest, labels), 9), min(max(widest, labels), 6), widest].map { $0 + 1 }
    if let cell = wide.first(where: { $0 * total <= width }) {
      var next = numbers.makeIterator()
      kind = .number
      cellWidth = cell
      count = total
      texts = shown.map { row in
        row.map { _ in " " + Columns.right(next.next() ?? "", cell - 1) }
      }
      return
    }
    if hasColour {
      kind = .blank
      cellWidth = 2 * total <= width ? 2 : 1
      texts = []
    } else {
      let isDiverging = map.scale == .diverging
      kind = .digit
      cellWidth = isDiverging ? 3 : 2
      let own = cellWidth
      texts = shown.map { row in
        row.map { Columns.right(Self.digit(text.scale.place($0), isDiverging, $0), own) }
      }
    }
    count = min(total, max(1, width / cellWidth))
  }

  /// The cell of a row and a column.
  func text(_ row: Int, _ column: Int) -> String {
    kind == .blank ? String(repeating: " ", count: cellWidth) : texts[row][column]
  }

  private static func digit(_ place: Double, _ isDiverging: Bool, _ value: Double) -> String {
    guard place.isFinite else { return value.isNaN ? "?" : "∞" }
    let level = Int(((isDiverging ? 2 * place - 1 : place) * 9).rounded())
    return level == 0 ? "·" : String(level)
  }
}
