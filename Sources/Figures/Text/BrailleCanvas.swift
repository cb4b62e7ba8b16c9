/// A grid of dots drawn in braille characters, two dots wide and four high each.
struct BrailleCanvas {
  let columns: Int
  let rows: Int
  private var cells: [UInt8]
  private var owners: [Int]

  init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
    cells = Array(repeating: 0, count: columns * rows)
    owners = Array(repeating: 0, count: columns * rows)
  }

  /// The number of dots across and down.
  var width: Int { columns * 2 }
  var height: Int { rows * 4 }

  /// The bits of a braille character by row and column of its dots.
  private static let bits: [[UInt8]] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]]

  /// Sets a dot for a series; y runs downwards.
  ///
  /// Dots outside are ignored.
  mutating func dot(_ x: Int, _ y: Int, series: Int) {
    guard x >= 0, x < width, y >= 0, y < height else { return }
    let cell = (y / 4) * columns + x / 2
    cells[cell] |= Self.bits[y % 4][x % 2]
    owners[cell] = series
  }

  /// Sets the dots of a straight line.
  mutating func line(from a: (x: Int, y: Int), to b: (x: Int, y: Int), series: Int) {
    let steps = max(abs(b.x - a.x), abs(b.y - a.y), 1)
    for step in 0...steps {
      let part = Double(step) / Double(steps)
      dot(
        Int((Double(a.x) + Double(b.x - a.x) * part).rounded()),
        Int((Double(a.y) + Double(b.y - a.y) * part).rounded()), series: series)
    }
  }

  /// The character of a cell and the series that was last drawn there.
  func cell(_ column: Int, _ row: Int) -> (text: String, series: Int) {
    let index = row * columns + column
    guard cells[index] != 0, let scalar = Unicode.Scalar(0x2800 + UInt32(cells[index])) else {
      return (" ", 0)
    }
    return (String(Character(scalar)), owners[index])
  }
}
