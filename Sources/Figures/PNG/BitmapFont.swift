/// A font of dots, five across and seven down, for the printable characters of ASCII.
enum BitmapFont {
  /// The dots across, without the gap to the next character.
  static let width = 5
  /// The dots down.
  static let height = 7
  /// From one character to the next.
  static let advance = 6

  /// Whether a text has only characters that can be drawn.
  static func canDraw(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { (0x20..<0x7F).contains($0.value) }
  }

  /// How wide a text is, in dots.
  static func width(of text: String) -> Int {
    max(0, text.unicodeScalars.count * advance - (advance - width))
  }

  /// Whether a dot of a character is set.
  static func isSet(_ scalar: Unicode.Scalar, _ column: Int, _ row: Int) -> Bool {
    guard (0x20..<0x7F).contains(scalar.value) else { return false }
    let glyph = glyphs[Int(scalar.value) - 0x20]
    return glyph >> UInt64((height - 1 - row) * width + (width - 1 - column)) & 1 == 1
  }

  /// Seven rows of five bits for each character from the space on, the top row in the highest bits.
  private static let glyphs: [UInt64] = [
    0x000000000, 0x108420004, 0x294000000, 0x2BEA52BEA, 0x11F4717C4, 0x674222173, 0x32544564D,
    0x108000000, 0x088842082, 0x208210888, 0x02AEFBAA0, 0x0084F9080, 0x000001888, 0x0000F8000,
    0x00000018C, 0x044222110, 0x3A33AE62E, 0x11942109F, 0x3A213221F, 0x3A213062E, 0x08CA97C42,
    0x7E1E0862E, 0x1910F462E, 0x7C2221108, 0x3A317462E, 0x3A317844C, 0x018C03180, 0x018C03088,
    0x044441041, 0x001F07C00, 0x410411110, 0x3A2131004, 0x3A37ADE0F, 0x11518FE31, 0x7A31F463E,
    0x3A308422E, 0x72518C65C, 0x7E10F421F, 0x7E10F4210, 0x3A30BC62F, 0x4631FC631, 0x38842108E,
    0x1C4210A4C, 0x4654C5251, 0x42108421F, 0x4775AC631, 0x4739ACE71, 0x3A318C62E, 0x7A31F4210,
    0x3A318D64D, 0x7A31F5251, 0x3E107043E, 0x7C8421084, 0x46318C62E, 0x46318A944, 0x4631AD771,
    0x462A22A31, 0x462A21084, 0x7C222221F, 0x39084210E, 0x410820841, 0x38421084E, 0x115100000,
    0x00000001F, 0x208000000, 0x000E0BE2F, 0x421E8C63E, 0x000F8420F, 0x042F8C62F, 0x000E8FE0F,
    0x191E42108, 0x000F8BC2E, 0x421E8C631, 0x100C2108E, 0x080610A4C, 0x4212A6292, 0x30842108E,
    0x001AAD6B5, 0x001E8C631, 0x000E8C62E, 0x001E8FA10, 0x000F8BC21, 0x0016C4210, 0x000F8383E,
    0x211E42106, 0x00118C62F, 0x00118A944, 0x0011AD6AA, 0x001151151, 0x00118BC2E, 0x001F1111F,
    0x0C8441083, 0x108421084, 0x608411098, 0x0009B0000,
  ]
}
