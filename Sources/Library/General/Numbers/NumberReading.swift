/// Numbers from text.
enum NumberReading {
  /// As `number`, but nil as well for a whole number of which float64 cannot hold every digit.
  ///
  /// Such numbers in files are mostly ids, and two of them must not become one.
  static func exactNumber(_ text: some StringProtocol) -> Double? {
    guard let number = number(text) else { return nil }
    let digits = text.utf8.drop { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }
    guard digits.count > 15, digits.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains)
    else { return number }
    let isHeld = Int(text).map { Double(exactly: $0) != nil } ?? false
    return isHeld ? number : nil
  }

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
