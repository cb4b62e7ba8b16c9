import Language

/// What a terminal shows after some output: the sequences that the prompt and the pager write.
struct Screen {
  private(set) var columns: Int
  private(set) var cells: [[Character]]
  private(set) var row = 0
  private(set) var column = 0
  private var saved = (row: 0, column: 0)
  private var other: [[Character]]?
  private var pending = ""

  init(columns: Int, rows: Int) {
    self.columns = columns
    cells = Array(repeating: Self.blank(columns), count: rows)
  }

  private static func blank(_ columns: Int) -> [Character] { Array(repeating: " ", count: columns) }

  /// The rows without spaces at their ends and without empty ones at the end of all.
  var lines: [String] {
    var lines = cells.map { row in
      var row = row[...]
      while row.last == " " { row.removeLast() }
      return String(row.filter { $0 != "\0" })
    }
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }

  /// The row of the cursor.
  var line: String { row < lines.count ? lines[row] : "" }

  /// Takes output in; a sequence or a character may come in pieces.
  mutating func write(_ text: String) {
    pending += text
    var rest = pending.unicodeScalars[...]
    while let scalar = rest.first {
      if scalar == "\u{1B}" {
        guard let after = escape(rest) else { break }
        rest = after
      } else {
        put(scalar)
        rest = rest.dropFirst()
      }
    }
    pending = String(String.UnicodeScalarView(rest))
  }

  private mutating func put(_ scalar: Unicode.Scalar) {
    switch scalar {
    case "\r": column = 0
    case "\n": newLine()
    case "\u{08}": column = max(0, min(column, columns - 1) - 1)
    case "\t": column = min(columns - 1, (column / 8 + 1) * 8)
    case _ where scalar.value < 0x20: break
    default:
      let width = DisplayWidth.of(scalar)
      if width == 0 { return }
      if column + width > columns {
        column = 0
        newLine()
      }
      cells[row][column] = Character(scalar)
      if width == 2 { cells[row][column + 1] = "\0" }
      column += width
    }
  }

  private mutating func newLine() {
    if row + 1 < cells.count {
      row += 1
    } else {
      cells.removeFirst()
      cells.append(Self.blank(columns))
    }
  }

  /// Follows a sequence; nil where its end has not come yet.
  private mutating func escape(
    _ text: Substring.UnicodeScalarView
  ) -> Substring.UnicodeScalarView? {
    let rest = text.dropFirst()
    guard let kind = rest.first else { return nil }
    switch kind {
    case "7": saved = (row, column)
    case "8": (row, column) = saved
    case "M": row = max(0, row - 1)
    case "(", ")": return rest.count < 2 ? nil : rest.dropFirst(2)
    case "[":
      let body = rest.dropFirst()
      guard let end = body.firstIndex(where: { (0x40...0x7E).contains($0.value) }) else {
        return nil
      }
      control(body[end], String(String.UnicodeScalarView(body[..<end])))
      return body[body.index(after: end)...]
    default: break
    }
    return rest.dropFirst()
  }

  private mutating func control(_ name: Unicode.Scalar, _ text: String) {
    if text.hasPrefix("?") {
      if text == "?1049", name == "h" || name == "l" { switchScreen(isOther: name == "h") }
      return
    }
    let numbers = text.split(separator: ";", omittingEmptySubsequences: false).map { Int($0) }
    let first = numbers.first ?? nil
    let count = max(1, first ?? 1)
    let place = min(column, columns - 1)
    switch name {
    case "A": row = max(0, row - count)
    case "B": row = min(cells.count - 1, row + count)
    case "C": column = min(columns - 1, place + count)
    case "D": column = max(0, place - count)
    case "G": column = min(columns, count) - 1
    case "d": row = min(cells.count, count) - 1
    case "H":
      let second = numbers.count > 1 ? numbers[1] ?? 1 : 1
      (row, column) = (min(cells.count, count) - 1, min(columns, max(1, second)) - 1)
    case "J":
      if first == 2 {
        cells = cells.map { _ in Self.blank(columns) }
      } else {
        clear(from: place)
        for below in cells.indices where below > row { cells[below] = Self.blank(columns) }
      }
    case "K": clear(from: place)
    case "P":
      cells[row].removeSubrange(place..<min(columns, place + count))
      cells[row] += Array(repeating: " ", count: columns - cells[row].count)
    case "@":
      cells[row].insert(contentsOf: Array(repeating: " ", count: count), at: place)
      cells[row] = Array(cells[row].prefix(columns))
    case "L":
      for _ in 0..<min(count, cells.count - row) {
        cells.insert(Self.blank(columns), at: row)
        cells.removeLast()
      }
    case "M":
      for _ in 0..<min(count, cells.count - row) {
        cells.remove(at: row)
        cells.append(Self.blank(columns))
      }
    default: break
    }
  }

  private mutating func clear(from start: Int) {
    for index in start..<columns { cells[row][index] = " " }
  }

  private mutating func switchScreen(isOther: Bool) {
    if isOther {
      other = cells
      cells = cells.map { _ in Self.blank(columns) }
      saved = (row, column)
    } else if let before = other {
      cells = before
      other = nil
      (row, column) = saved
    }
  }

  /// Gives the screen another width, as a terminal without reflow does.
  mutating func resize(columns: Int) {
    cells = cells.map { Array(($0 + Self.blank(columns)).prefix(columns)) }
    self.columns = columns
    column = min(column, columns - 1)
  }
}
