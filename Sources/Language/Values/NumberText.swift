import Foundation

/// Numbers as text.
public enum NumberText {
  /// The fewest digits that read back as the number; whole numbers print without a point.
  public static func shortest(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "-Infinity" : "Infinity" }
    if value == value.rounded(), abs(value) < 1e16 {
      return value == 0 && value.sign == .minus ? "-0" : String(Int(value))
    }
    return tidied("\(value)")
  }

  /// The fewest digits that read back as the float32 number.
  public static func shortest(_ value: Float) -> String {
    if !value.isFinite || (value == value.rounded() && abs(value) < 1e16) {
      return shortest(Double(value))
    }
    return tidied("\(value)")
  }

  /// The next power of ten that is not below a size, for what rounding leaves: its digits differ from
  /// machine to machine.
  ///
  /// It is 1e-15 or more, since exact results are luck.
  public static func bound(_ value: Double) -> String {
    guard value.isFinite else { return shortest(value) }
    let exponent = Int(log10(max(abs(value), 1e-15)).rounded(.up))
    return exponent < 0 ? "1e\(exponent)" : shortest(pow(10, Double(exponent)))
  }

  /// At most `digits` significant digits, for tables and pictures, where every number is rounded.
  ///
  /// Whole numbers keep all of theirs.
  public static func rounded(_ value: Double, digits: Int = 4) -> String {
    if !value.isFinite || (value == value.rounded() && abs(value) < 1e16) {
      return shortest(value)
    }
    let digits = min(max(1, digits), 17)
    let size = abs(value)
    if size >= 1e-4, size < 1e15 {
      let whole = Int(log10(size).rounded(.down)) + 1
      return trimmed(String(format: "%.\(min(max(0, digits - whole), 20))f", value))
    }
    return tidied(String(format: "%.\(digits - 1)e", value))
  }

  /// Drops zeros behind the point, and the point where nothing is left behind it.
  private static func trimmed(_ text: String) -> String {
    guard text.contains(".") else { return text }
    var text = Substring(text)
    while text.hasSuffix("0") { text = text.dropLast() }
    if text.hasSuffix(".") { text = text.dropLast() }
    return text == "-0" ? "0" : String(text)
  }

  /// Writes an exponent plainly: `1.5e-07` and `1e+16` become `1.5e-7` and `1e16`.
  private static func tidied(_ text: String) -> String {
    guard let mark = text.firstIndex(of: "e"), let power = Int(text[text.index(after: mark)...])
    else { return text }
    return trimmed(String(text[..<mark])) + "e\(power)"
  }
}
