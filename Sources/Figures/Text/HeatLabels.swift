import Language

/// The labels of a heat map's axes as they are shown.
///
/// Where both axes have the same long labels, as over attention, rows carry them behind their number
/// and columns the number alone.
struct HeatLabels {
  let rows: [String]
  let columns: [String]

  private static let short = 4

  init(_ map: Figure.HeatMap) {
    let columns = map.columns.map { Columns.oneLine($0) }
    let rows = map.rows.map { Columns.oneLine($0) }
    guard columns == rows, rows.contains(where: { DisplayWidth.of($0) > Self.short }) else {
      (self.rows, self.columns) = (rows, columns)
      return
    }
    let isNumbered = rows.enumerated().allSatisfy { $1 == "\($0)" || $1.hasPrefix("\($0) ") }
    self.rows = isNumbered ? rows : rows.enumerated().map { "\($0) \($1)" }
    self.columns = columns.indices.map(String.init)
  }
}
