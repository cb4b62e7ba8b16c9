import Language

/// A table of the language as one of a page.
enum PageTable {
  /// The most rows; a page is no file of data.
  private static let most = 200

  /// The element, with the numbers of a column under each other and written with the same places.
  static func html(_ table: Table, caption: String) -> String {
    let rows = 0..<min(table.rowCount, most)
    let columns = table.columns.map { TableCells($0, rows: rows) }
    func cell(_ name: String, _ column: TableCells, _ text: String, _ further: String) -> String {
      "<\(name)\(further)\(column.isNumeric ? " class=\"number\"" : "")>\(PageText.escaped(text))"
        + "</\(name)>"
    }
    let heading = columns.map { cell("th", $0, $0.name, " scope=\"col\"") }.joined()
    let body = rows.map { row in
      "<tr>" + columns.map { cell("td", $0, $0.cells[row], "") }.joined() + "</tr>"
    }
    let rest = table.rowCount - rows.count
    let more = rest > 0 ? "; \(Value.count(rest, "more row")) left out" : ""
    return """
      <table>
      <caption>\(PageText.escaped(caption + more))</caption>
      <thead><tr>\(heading)</tr></thead>
      <tbody>
      \(body.joined(separator: "\n"))
      </tbody>
      </table>
      """
  }
}
