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

  private static let widestText = 16
  private static let shortestText = 4
  private static let widestBlank = 3

  init(_ text: HeatMapText, rows: Int, width: Int) {
    let map = text.map
    let total = map.columns.count
    let hasColour = text.style.colour != .none
    let shown = map.values.prefix(rows).map { Array($0.prefix(width)) }
    let own = map.texts.prefix(rows).map { $0.prefix(width).map { Columns.oneLine($0) } }
    let written =
      map.texts.isEmpty ? NumberColumn.cells(Array(shown.joined())) : Array(own.joined())
    let widest = max(written.map { DisplayWidth.of($0) }.max() ?? 1, 1)
    let labels = text.labels.columns.map { DisplayWidth.of($0) }.max() ?? 1
    let room = total > 0 ? width / total : width
    // As wide as texts and labels ask for, where the width allows it.
    let wanted = min(max(widest, labels), Self.widestText) + 1
    let least = map.texts.isEmpty ? widest : min(widest, Self.shortestText)
    if room > least {
      var next = written.makeIterator()
      let cell = min(wanted, room)
      kind = .number
      cellWidth = cell
      count = total
      texts = shown.map { row in
        row.map { _ in
          " " + Columns.right(DisplayWidth.truncate(next.next() ?? "", cell - 1), cell - 1)
        }
      }
      return
    }
    if hasColour {
      kind = .blank
      cellWidth = min(max(room, 1), Self.widestBlank)
      texts = []
    } else {
      let isDiverging = map.scale == .diverging
      kind = .digit
      cellWidth = min(max(room, isDiverging ? 3 : 2), Self.widestBlank)
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
