/// A picture of pixels, white at first.
struct Raster {
  let width: Int
  let height: Int
  /// Red, green and blue of each pixel, line by line.
  private(set) var bytes: [UInt8]

  /// The most pixels of a picture.
  static let largestCount = 64_000_000
  /// How many pixels a dot of the font has on each side.
  static let dot = 2

  /// A white picture; one without pixels where there would be too many.
  init(width: Int, height: Int) {
    let (count, overflow) = max(width, 1).multipliedReportingOverflow(by: max(height, 1))
    let isPossible = !overflow && count <= Self.largestCount
    self.width = isPossible ? max(width, 1) : 0
    self.height = isPossible ? max(height, 1) : 0
    bytes = Array(repeating: 255, count: 3 * self.width * self.height)
  }

  /// Fills a rectangle.
  mutating func fill(_ x: Int, _ y: Int, _ width: Int, _ height: Int, _ colour: RGB) {
    for row in max(0, y)..<max(0, min(self.height, y + height), max(0, y)) {
      for column in max(0, x)..<max(0, min(self.width, x + width), max(0, x)) {
        let place = 3 * (row * self.width + column)
        bytes[place] = colour.red
        bytes[place + 1] = colour.green
        bytes[place + 2] = colour.blue
      }
    }
  }

  /// Writes a text whose upper left corner lies at a place; upright ones run upwards from it.
  mutating func write(
    _ text: String, _ x: Int, _ y: Int, _ colour: RGB = .ink, isUpright: Bool = false,
    dot: Int = Raster.dot
  ) {
    for (index, scalar) in text.unicodeScalars.enumerated() {
      for row in 0..<BitmapFont.height {
        for column in 0..<BitmapFont.width where BitmapFont.isSet(scalar, column, row) {
          let along = (index * BitmapFont.advance + column) * dot
          if isUpright {
            fill(x + row * dot, y - along - dot, dot, dot, colour)
          } else {
            fill(x + along, y + row * dot, dot, dot, colour)
          }
        }
      }
    }
  }

  /// Copies another picture into this one.
  mutating func draw(_ other: Raster, _ x: Int, _ y: Int) {
    for row in 0..<other.height where y + row < height {
      let count = min(other.width, width - x)
      guard count > 0 else { return }
      let from = 3 * row * other.width
      let to = 3 * ((y + row) * width + x)
      bytes.replaceSubrange(to..<to + 3 * count, with: other.bytes[from..<from + 3 * count])
    }
  }

  /// How wide and how high a text is.
  static func width(of text: String, dot: Int = Raster.dot) -> Int {
    BitmapFont.width(of: text) * dot
  }
  static func textHeight(dot: Int = Raster.dot) -> Int { BitmapFont.height * dot }
}

extension RGB {
  /// What labels are written in.
  static let ink = RGB(red: 34, green: 34, blue: 34)
  /// What notes are written in.
  static let quietInk = RGB(red: 102, green: 102, blue: 102)
  static let white = RGB(red: 255, green: 255, blue: 255)
}
