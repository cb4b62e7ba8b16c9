import Faults

extension Address {
  /// Reads an address from text, in Sonde's own form or as a TransformerLens hook name.
  ///
  /// - Throws: `Fault` that says what was expected.
  public init(parsing text: String) throws(Fault) {
    if let address = try Self.hookName(text) {
      self = address
      return
    }
    let (body, positions) = try Self.splitPositions(text)
    var words = body.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    words = Self.joinRanges(words)
    var stack: Stack?
    if let first = words.first, let named = Stack(rawValue: first) {
      stack = named
      words.removeFirst()
    }
    guard let first = words.first else { throw Self.unreadable(text) }
    if words.count == 1, let part = Self.wholeModelPart(first),
      stack == nil || part != .logits
    {
      self.init(stack: stack, part: part, positions: positions)
      return
    }
    guard first.hasPrefix("L"), let layers = Self.selector(first.dropFirst()) else {
      throw Self.unreadable(text)
    }
    var components: [Component] = []
    for word in words.dropFirst() {
      guard let component = Self.component(word) else { throw Self.unreadable(text) }
      components.append(component)
    }
    try self.init(stack: stack, layers: layers, components: components)
    self.positions = positions
  }

  /// The part that a whole-model name stands for.
  public static func wholeModelPart(_ name: String) -> Part? {
    switch name {
    case "embed": .embed
    case "pos": .pos
    case "final": .final
    case "logits": .logits
    default: nil
    }
  }

  private static func unreadable(_ text: String) -> Fault {
    Fault(
      "unknown-address", "\"\(text)\" is not an address",
      help: "addresses look like L3, L3.H5, L3.H5.pattern, L2..4.mlp, L3.resid.post@-1 or logits")
  }

  /// A range holds two dots, which are no separators: `L2`, ``, `4` becomes `L2..4` again.
  private static func joinRanges(_ words: [String]) -> [String] {
    var joined: [String] = []
    var index = 0
    while index < words.count {
      if words[index].isEmpty, index > 0, index + 1 < words.count, let last = joined.popLast() {
        joined.append(last + ".." + words[index + 1])
        index += 2
      } else {
        joined.append(words[index])
        index += 1
      }
    }
    return joined
  }

  private static func component(_ word: String) -> Component? {
    for name in indexedNames where word.hasPrefix(name) {
      if let indices = selector(word.dropFirst(name.count)) { return Component(name, indices) }
    }
    return componentNames.contains(word) ? Component(word) : nil
  }

  private static func selector(_ text: Substring) -> IndexSelector? {
    if text == "*" { return .all }
    if text.hasPrefix("{"), text.hasSuffix("}") {
      let entries = text.dropFirst().dropLast().split(
        separator: ",", omittingEmptySubsequences: false)
      var indices: [Int] = []
      for entry in entries {
        guard let index = index(entry.drop { $0 == " " }) else { return nil }
        indices.append(index)
      }
      return indices.isEmpty ? nil : .list(Set(indices).sorted())
    }
    if let dots = text.firstRange(of: "..") {
      guard let first = index(text[..<dots.lowerBound]), let last = index(text[dots.upperBound...]),
        first <= last
      else { return nil }
      return .range(first, last)
    }
    return index(text).flatMap { $0 >= 0 ? .one($0) : nil }
  }

  /// An index as it is written; nil for what is none, and for what no model can have.
  private static func index(_ text: Substring) -> Int? {
    Int(text).flatMap { $0.magnitude < 1 << 31 ? $0 : nil }
  }

  private static func splitPositions(_ text: String) throws(Fault) -> (
    String, PositionSelector?
  ) {
    guard let at = text.firstIndex(of: "@") else { return (text, nil) }
    let body = String(text[..<at])
    let rest = text[text.index(after: at)...]
    if rest == "*" { return (body, .all) }
    if rest.hasPrefix("\""), rest.hasSuffix("\""), rest.count >= 2 {
      return (body, .text(String(rest.dropFirst().dropLast())))
    }
    if let dots = rest.firstRange(of: "..") {
      let first = rest[..<dots.lowerBound]
      let last = rest[dots.upperBound...]
      if (first.isEmpty || index(first) != nil) && (last.isEmpty || index(last) != nil) {
        return (body, .range(index(first), index(last)))
      }
    }
    if let index = index(rest) { return (body, .indices([index])) }
    throw unreadable(text)
  }
}
