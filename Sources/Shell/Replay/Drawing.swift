/// What is drawn with characters in a line of output.
enum Drawing {
  private static let bars = Set("▏▎▍▌▋▊▉█▐")
  private static let levels = Array("▁▂▃▄▅▆▇█")

  /// The line with its bars taken out.
  static func withoutBars(_ line: Substring) -> String {
    guard line.contains(where: bars.contains) else { return String(line) }
    return String(line.map { bars.contains($0) ? " " : $0 })
  }

  /// Whether a line has blocks that stand for numbers by their height.
  static func isLevels(_ line: Substring) -> Bool {
    line.contains { $0 != "█" && levels.contains($0) }
  }

  /// Whether all heights are the same but for one step, and all else is the same.
  static func sameLevels(_ a: Substring, _ b: Substring) -> Bool {
    let (first, second) = (Array(a), Array(b))
    guard first.count == second.count else { return false }
    return zip(first, second).allSatisfy { x, y in
      if x == y { return true }
      guard let i = levels.firstIndex(of: x), let j = levels.firstIndex(of: y) else { return false }
      return abs(i - j) <= 1
    }
  }

  /// Whether a line holds dots of a plot.
  static func isDots(_ line: Substring) -> Bool { line.contains { mask($0) ?? 0 != 0 } }

  /// Whether at most a few dots differ, as when a point falls on the other side of an edge.
  static func sameDots(_ a: Substring, _ b: Substring) -> Bool {
    var (first, second) = (Array(a), Array(b))
    while first.count < second.count { first.append(" ") }
    while second.count < first.count { second.append(" ") }
    var differing = 0
    for (x, y) in zip(first, second) where x != y {
      let left = x == " " ? 0 : mask(x)
      let right = y == " " ? 0 : mask(y)
      guard let left, let right else { return false }
      differing += (left ^ right).nonzeroBitCount
    }
    return differing <= 4
  }

  /// The dots of a braille character.
  private static func mask(_ character: Character) -> UInt32? {
    guard let scalar = character.unicodeScalars.first, (0x2800...0x28FF).contains(scalar.value)
    else { return nil }
    return scalar.value - 0x2800
  }
}
