import Figures
import Language
import Testing

@Suite("PNG files")
struct PNGTests {
  private func file(_ map: Figure.HeatMap) throws -> [UInt8] {
    try #require(try PNG.file(for: .figure(Figure(.heatMap(map)))))
  }

  @Test("hold the pixels of a heat map")
  func pixels() throws {
    let map = Figure.HeatMap(
      rows: ["a", "b"], columns: ["x", "y"], values: [[0, 1], [1, .nan]])
    let picture = try DecodedPNG(try file(map))
    #expect(picture.pixels.count == 3 * picture.width * picture.height)
    let colours = Set(picture.all)
    // Paper, ink, grey for what is no number, and the two ends of the scale at least.
    #expect(colours.contains([255, 255, 255]) && colours.contains([34, 34, 34]))
    #expect(colours.contains([128, 128, 128]))
    #expect(colours.count > 20)
  }

  @Test("are the image itself for one of three channels")
  func image() throws {
    let axes = [
      TensorValue.Axis("channel", count: 3), TensorValue.Axis("height", count: 1),
      TensorValue.Axis("width", count: 2),
    ]
    let tensor = TensorValue(axes: axes, storage: .doubles([1, 0, 0, 0.5, 0, 1]))
    let picture = try DecodedPNG(try #require(try PNG.file(for: .tensor(tensor))))
    #expect(picture.all.first == [255, 0, 0])
    #expect(picture.all.last == [0, 128, 255])
  }

  @Test("refuse letters that the font lacks, and name .svg")
  func letters() {
    let map = Figure.HeatMap(rows: ["é"], columns: ["x"], values: [[1]])
    let failure = #expect(throws: Failure.self) { try file(map) }
    #expect(failure?.code == "wrong-type")
    #expect(failure?.help?.contains(".svg") == true)
  }

  @Test("are not made of what is no heat map")
  func others() throws {
    #expect(try PNG.file(for: .figure(Figure(.bars(labels: ["a"], values: [1])))) == nil)
    #expect(try PNG.file(for: .number(1)) == nil)
  }
}

/// A PNG file read back: its chunks with their check sums, the fixed codes, the lines.
private struct DecodedPNG {
  struct Fault: Error {}

  var width = 0
  var height = 0
  var pixels: [UInt8] = []

  var all: [[UInt8]] {
    stride(from: 0, to: pixels.count, by: 3).map { Array(pixels[$0..<$0 + 3]) }
  }

  init(_ file: [UInt8]) throws {
    func number(_ place: Int) -> Int { file[place..<place + 4].reduce(0) { $0 << 8 | Int($1) } }
    guard file.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) else { throw Fault() }
    var place = 8
    var packed: [UInt8] = []
    while place < file.count {
      let length = number(place)
      let body = Array(file[place + 4..<place + 8 + length])
      guard Self.checksum(body) == UInt32(number(place + 8 + length)) else { throw Fault() }
      switch String(decoding: body.prefix(4), as: UTF8.self) {
      case "IHDR": (width, height) = (number(place + 8), number(place + 12))
      case "IDAT": packed += body.dropFirst(4)
      default: break
      }
      place += 12 + length
    }
    let lines = try Self.inflated(packed)
    guard lines.count == height * (3 * width + 1) else { throw Fault() }
    for row in 0..<height {
      let start = row * (3 * width + 1)
      guard lines[start] == 0 else { throw Fault() }
      pixels += lines[start + 1..<start + 1 + 3 * width]
    }
  }

  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var value: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      value ^= UInt32(byte)
      for _ in 0..<8 { value = value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
    }
    return ~value
  }

  /// A zlib stream of one block with fixed codes, and its check sum.
  private static func inflated(_ bytes: [UInt8]) throws -> [UInt8] {
    var place = 16
    func bit() -> Int {
      defer { place += 1 }
      return place / 8 < bytes.count ? Int(bytes[place / 8] >> UInt8(place % 8)) & 1 : 0
    }
    func bits(_ count: Int) -> Int { (0..<count).reduce(0) { $0 | bit() << $1 } }
    func code(_ count: Int, _ start: Int = 0) -> Int {
      (0..<count).reduce(start) { value, _ in value << 1 | bit() }
    }
    guard bits(1) == 1, bits(2) == 1 else { throw Fault() }
    var result: [UInt8] = []
    while place / 8 < bytes.count {
      var value = code(7)
      let symbol: Int
      if value < 24 {
        symbol = 256 + value
      } else {
        value = code(1, value)
        if value < 0xC0 {
          symbol = value - 0x30
        } else if value < 0xC8 {
          symbol = 280 + value - 0xC0
        } else {
          symbol = 144 + code(1, value) - 0x190
        }
      }
      if symbol == 256 { break }
      if symbol < 256 {
        result.append(UInt8(symbol))
        continue
      }
      var length = 258
      if symbol < 265 {
        length = symbol - 254
      } else if symbol < 285 {
        let extra = (symbol - 261) / 4
        length = ((symbol - 265) % 4 + 4) << extra + 3 + bits(extra)
      }
      let far = code(5)
      var distance = far + 1
      if far > 3 {
        let extra = far / 2 - 1
        distance = (2 + far % 2) << extra + 1 + bits(extra)
      }
      guard distance <= result.count else { throw Fault() }
      for _ in 0..<length { result.append(result[result.count - distance]) }
    }
    var (low, high): (UInt32, UInt32) = (1, 0)
    for byte in result {
      low = (low + UInt32(byte)) % 65_521
      high = (high + low) % 65_521
    }
    let start = (place + 7) / 8
    guard bytes[start..<start + 4].reduce(UInt32(0), { $0 << 8 | UInt32($1) }) == high << 16 | low
    else { throw Fault() }
    return result
  }
}
