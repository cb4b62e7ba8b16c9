import CLineEdit

/// Where the parts of an entry stand on the screen, as libedit draws them.
struct EntryLayout: Equatable {
  /// A row of the screen.
  struct Row: Equatable {
    /// The columns that are taken.
    var width = 0
    /// Whether it begins a further line of the entry.
    var beginsLine = false
    /// The spaces at its start.
    var indent = 0

    /// Whether there are spaces in which a mark can stand.
    var hasRoomForMark: Bool { beginsLine && indent >= 2 }
  }

  private(set) var rows = [Row()]
  /// The row of the cursor, from the first of the entry.
  private(set) var cursorRow = 0
  /// The column of the cursor.
  private(set) var cursorColumn = 0
  let columns: Int

  /// Lays out an entry behind a prompt.
  init(promptWidth: Int, before: String, after: String, columns: Int) {
    self.columns = max(1, columns)
    for _ in 0..<promptWidth { put(width: 1) }
    take(before)
    (cursorRow, cursorColumn) = (rows.count - 1, rows[rows.count - 1].width)
    take(after)
  }

  /// The rows under the cursor's.
  var rowsBelow: Int { rows.count - 1 - cursorRow }

  /// The columns that are free in the cursor's row.
  var free: Int { columns - rows[cursorRow].width }

  private mutating func take(_ text: String) {
    for scalar in text.unicodeScalars {
      if scalar == "\n" {
        rows.append(Row(beginsLine: true))
        continue
      }
      let row = rows[rows.count - 1]
      if scalar == " ", row.beginsLine, row.indent == row.width { rows[rows.count - 1].indent += 1 }
      // Control characters are drawn as `^A`.
      put(width: scalar.value < 0x20 ? 2 : max(0, Int(sonde_width(wchar_t(scalar.value)))))
    }
  }

  private mutating func put(width: Int) {
    if rows[rows.count - 1].width + width > columns { rows.append(Row()) }
    rows[rows.count - 1].width += width
    if rows[rows.count - 1].width >= columns { rows.append(Row()) }
  }
}
