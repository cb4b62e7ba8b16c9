/// Whether two printed lines say the same.
///
/// Numbers with a point or an exponent may differ by one unit in the last printed place; whole
/// numbers, which count and name things, and text may not. Times do not count, nor how much white
/// space stands between. Bars are drawn from numbers beside them and do not count; a block that
/// stands for a number by its height, or a digit for a colour, may differ by one step.
enum LineComparison {
  /// Whether the lines are the same in this sense.
  static func same(_ a: Substring, _ b: Substring) -> Bool {
    if a == b { return true }
    if Drawing.isDots(a), Drawing.isDots(b) { return Drawing.sameDots(a, b) }
    if Drawing.isLevels(a), Drawing.isLevels(b) { return Drawing.sameLevels(a, b) }
    let first = OutputToken.tokens(of: Drawing.withoutBars(a)[...])
    let second = OutputToken.tokens(of: Drawing.withoutBars(b)[...])
    guard first.count == second.count else { return false }
    let isMap = isDigitMap(first) && isDigitMap(second)
    return zip(first, second).allSatisfy { same($0, $1, isMap: isMap) }
  }

  private static func same(_ a: OutputToken, _ b: OutputToken, isMap: Bool) -> Bool {
    if a == b { return true }
    if isMap, let first = level(a), let second = level(b) { return abs(first - second) <= 1 }
    guard case .number(let text, let x, let unit) = a,
      case .number(let other, let y, let otherUnit) = b
    else { return false }
    if isWhole(text), isWhole(other) { return x == y }
    // A little more than one unit, for the difference itself is rounded.
    return abs(x - y) <= min(unit, otherUnit) * 1.001
  }

  private static func isWhole(_ text: String) -> Bool { !text.contains(".") && !text.contains("e") }

  /// A digit that stands for a place on a scale, or the dot that stands for none.
  private static func level(_ token: OutputToken) -> Int? {
    switch token {
    case .text("·"): 0
    case .number(_, let value, _) where abs(value) <= 9 && value == value.rounded(): Int(value)
    default: nil
    }
  }

  /// Whether a line is a row of such digits.
  private static func isDigitMap(_ tokens: [OutputToken]) -> Bool {
    var run = 0
    for token in tokens.reversed() {
      if token == .space { continue }
      if level(token) == nil { break }
      run += 1
    }
    return run >= 12
  }
}
