/// Bars of block characters, eighths of a column fine.
enum Bar {
  private static let eighths = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
  private static let levels = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

  /// A bar to the right for a number from 0 to `maximum`, without spaces behind it.
  static func text(_ value: Double, of maximum: Double, width: Int) -> String {
    guard value.isFinite, maximum > 0 else { return "" }
    let steps = Int((min(1, max(0, value / maximum)) * Double(width * 8)).rounded())
    return String(repeating: "█", count: steps / 8) + eighths[steps % 8]
  }

  /// A block as high as a place from 0 to 1.
  static func level(_ place: Double) -> String {
    guard place.isFinite else { return "·" }
    return levels[min(7, max(0, Int((place * 7).rounded())))]
  }
}
