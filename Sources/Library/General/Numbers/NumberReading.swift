/// Numbers from text.
enum NumberReading {
  /// The number that a whole text is: decimal digits with an optional sign, point and exponent, or
  /// one of the words NaN, Infinity and -Infinity; nil otherwise.
  static func number(_ text: some StringProtocol) -> Double? {
    switch text {
    case "NaN": return .nan
    case "Infinity": return .infinity
    case "-Infinity": return -.infinity
    default: break
    }
    var sawDigit = false
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): sawDigit = true
      case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "e"),
        UInt8(ascii: "E"):
        continue
      default: return nil
      }
    }
    return sawDigit ? Double(text) : nil
  }
}
