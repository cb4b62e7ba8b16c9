/// A piece of a printed line: what a comparison looks at one by one.
enum OutputToken: Equatable {
  /// White space, however much.
  case space
  /// A printed number: its text, its value, and one unit of its last place.
  case number(text: String, value: Double, unit: Double)
  /// A measured time or rate, which is never the same twice.
  case timing
  /// A line drawn under a heading, however long.
  case rule
  /// Anything else.
  case text(String)

  /// The tokens of a line, without white space at its end.
  static func tokens(of line: Substring) -> [OutputToken] {
    var tokens: [OutputToken] = []
    var rest = line[...]
    while let first = rest.first {
      if first.isWhitespace {
        rest = rest.drop { $0.isWhitespace }
        if !rest.isEmpty { tokens.append(.space) }
      } else if first == "─" {
        rest = rest.drop { $0 == "─" }
        tokens.append(.rule)
      } else if let number = takeNumber(&rest) {
        tokens.append(takeUnit(&rest) ? .timing : number)
      } else if first.isLetter || first.isNumber || first == "_" {
        let word = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
        rest = rest.dropFirst(word.count)
        tokens.append(.text(String(word)))
      } else {
        tokens.append(.text(String(first)))
        rest = rest.dropFirst()
      }
    }
    return tokens
  }

  /// Takes a number that is not the start of a word, as `2nd` is.
  private static func takeNumber(_ rest: inout Substring) -> OutputToken? {
    var end = rest.startIndex
    func digits() -> Int {
      let start = end
      while end < rest.endIndex, let byte = rest[end].asciiValue, (48...57).contains(byte) {
        end = rest.index(after: end)
      }
      return rest.distance(from: start, to: end)
    }
    if rest.first == "-" || rest.first == "+" { end = rest.index(after: end) }
    guard digits() > 0 else { return nil }
    var places = 0
    if end < rest.endIndex, rest[end] == "." {
      let point = end
      end = rest.index(after: end)
      places = digits()
      if places == 0 { end = point }
    }
    var power = 0
    if end < rest.endIndex, rest[end] == "e" {
      let mark = end
      end = rest.index(after: end)
      if end < rest.endIndex, rest[end] == "-" || rest[end] == "+" { end = rest.index(after: end) }
      if digits() > 0 {
        power = Int(rest[rest.index(after: mark)..<end]) ?? 0
      } else {
        end = mark
      }
    }
    let text = String(rest[..<end])
    let follows = end < rest.endIndex ? rest[end] : " "
    let isMeasured = timeUnit(rest[end...]) != nil
    guard isMeasured || !(follows.isLetter || follows == "_"), let value = Double(text) else {
      return nil
    }
    rest = rest[end...]
    return .number(text: text, value: value, unit: power10(power - places))
  }

  private static let units = ["ns", "µs", "us", "ms", "s", "min", "h"]

  /// Takes a unit of time, or of something for each second, at once or behind one space.
  private static func takeUnit(_ rest: inout Substring) -> Bool {
    let spaced = rest.first == " " ? rest.dropFirst() : rest
    guard let end = timeUnit(spaced) else { return false }
    rest = rest[end...]
    return true
  }

  private static func timeUnit(_ rest: Substring) -> Substring.Index? {
    let word = rest.prefix { $0.isLetter || $0 == "/" || $0 == "µ" }
    guard units.contains(String(word)) || word.hasSuffix("/s") else { return nil }
    let follows = rest[word.endIndex...].first
    return follows?.isNumber == true || follows == "_" ? nil : word.endIndex
  }

  private static func power10(_ power: Int) -> Double {
    Double("1e\(min(300, max(-300, power)))") ?? 1
  }
}
