import Foundation
import Language

/// Writes tables as text in columns that `read_csv` reads back.
enum CSVText {
  /// The table's text: names in the first line, then a line for each row.
  static func text(_ table: Table, separator: Character = ",") -> String {
    var text = table.names.map { cell(.string($0), separator) }.joined(separator: String(separator))
    text += "\n"
    for row in 0..<table.rowCount where row & 0xFF != 0 || !Interruption.isCurrentRequested {
      text += table.columns.map { cell($0.values[row], separator) }.joined(
        separator: String(separator))
      text += "\n"
    }
    return text
  }

  private static func cell(_ value: Value, _ separator: Character) -> String {
    switch value {
    case .null: return ""
    case .number, .bool: return value.text
    case .string(let text):
      let isPlain =
        !text.isEmpty && NumberReading.number(text) == nil && text != "true" && text != "false"
      return isPlain ? quotedIfNeeded(text, separator) : quoted(text)
    case .host(let host): return quotedIfNeeded(host.description, separator)
    default: return quoted(value.plainJSON.text)
    }
  }

  private static func quotedIfNeeded(_ text: String, _ separator: Character) -> String {
    let special = text.unicodeScalars.contains { ["\"", "\n", "\r"].contains($0) }
    return special || text.contains(separator) ? quoted(text) : text
  }

  private static func quoted(_ text: String) -> String {
    "\"" + text.replacingOccurrences(of: "\"", with: "\"\"") + "\""
  }
}
