import Faults

/// Which tokens of a prompt are meant: `@3`, `@-1`, `@2..5`, `@..-1`, `@"Mary"`, `@*`.
///
/// A position is resolved against the real tokens of each row of a batch: `@-1` is the last token
/// that is not padding.
public enum PositionSelector: Hashable, Sendable, CustomStringConvertible {
  /// Every token.
  case all
  /// These tokens; a negative index counts from the end.
  case indices([Int])
  /// From the first to the last, both in; nil is the row's own end.
  case range(Int?, Int?)
  /// The one token that holds this text.
  case text(String)
  /// So many tokens behind the one that holds this text; before it where the number is negative.
  case beside(String, Int)

  /// The text for people.
  public var description: String {
    switch self {
    case .all: return "@*"
    case .indices(let indices):
      if indices.count == 1 { return "@\(indices[0])" }
      return "@{" + indices.map(String.init).joined(separator: ",") + "}"
    case .range(let first, let last):
      return "@\(first.map(String.init) ?? "")..\(last.map(String.init) ?? "")"
    case .beside(let text, let steps):
      let place = PositionSelector.text(text).description
      return "@(\(place) \(steps < 0 ? "-" : "+") \(steps.magnitude))"
    case .text(let text):
      let escaped = text.reduce(into: "") { result, character in
        switch character {
        case "\"": result += "\\\""
        case "\\": result += "\\\\"
        case "\n": result += "\\n"
        case "\t": result += "\\t"
        case "{": result += "\\{"
        default: result.append(character)
        }
      }
      return "@\"\(escaped)\""
    }
  }

  /// The positions meant in a row of `count` tokens that read `texts`.
  ///
  /// - Parameter texts: The text of each token, asked for only when the selector is a text.
  /// - Throws: `Fault` when a position lies outside the row, or a text is held by no token or
  ///   by several.
  public func resolve(
    count: Int, texts: () throws(Fault) -> [String]
  ) throws(Fault) -> [Int] {
    switch self {
    case .all: return Array(0..<count)
    case .indices(let indices):
      var found: [Int] = []
      for index in indices { found.append(try Self.place(index, count: count)) }
      return found
    case .range(let first, let last):
      guard count > 0 else { return [] }
      let start = try Self.place(first ?? 0, count: count)
      let end = try Self.place(last ?? count - 1, count: count)
      guard start <= end else {
        throw Fault(
          "position-out-of-range", "\(self) is empty: position \(start) comes after \(end)")
      }
      return Array(start...end)
    case .text(let text): return [try Self.find(text, in: try texts())]
    case .beside(let text, let steps):
      let place = try Self.find(text, in: try texts())
      let (index, overflow) = place.addingReportingOverflow(steps)
      guard !overflow, (0..<count).contains(index) else {
        throw Fault(
          "position-out-of-range",
          "\(self) is no token of the prompt: \"\(text)\" is @\(place) of \(count) tokens",
          help: "positions go from @0 to @\(count - 1)")
      }
      return [index]
    }
  }

  private static func place(_ index: Int, count: Int) throws(Fault) -> Int {
    let position = index < 0 ? count + index : index
    guard (0..<count).contains(position) else {
      throw Fault(
        "position-out-of-range",
        "there is no position @\(index): the prompt has \(count) token\(count == 1 ? "" : "s")",
        help: count == 0
          ? nil : "positions go from @0 to @\(count - 1), or from @-1 back to @-\(count)")
    }
    return position
  }

  /// A token that reads exactly the text wins over tokens that merely hold it.
  private static func find(_ text: String, in texts: [String]) throws(Fault) -> Int {
    let exact = texts.indices.filter { texts[$0] == text || trimmed(texts[$0]) == text }
    let holding = exact.isEmpty ? texts.indices.filter { texts[$0].contains(text) } : exact
    guard let first = holding.first else {
      throw Fault(
        "position-not-found", "no token of the prompt holds the text \"\(text)\"",
        help: "the tokens are: " + texts.prefix(12).map { "\"\($0)\"" }.joined(separator: " "))
    }
    guard holding.count == 1 else {
      let places = holding.map { "@\($0)" }.joined(separator: ", ")
      throw Fault(
        "position-ambiguous", "\(holding.count) tokens hold the text \"\(text)\": \(places)",
        help: "name one of them by its number, such as @\(first)")
    }
    return first
  }

  private static func trimmed(_ text: String) -> Substring {
    text.drop { $0 == " " }
  }
}
