/// Reads a regular expression in the part of Oniguruma's Ruby syntax that tokenizers use.
struct PatternParser {
  /// Deeper nesting is refused rather than risked on the stack.
  static let depthBound = 60

  /// The modes that `(?imx)` switches.
  struct Options {
    var ignoresCase = false
    var dotMatchesNewline = false
    var isExtended = false
  }

  let source: [Unicode.Scalar]
  var position = 0
  var options = Options()
  private var depth = 0

  init(_ source: String) {
    self.source = Array(source.unicodeScalars)
  }

  var next: Unicode.Scalar? {
    position < source.count ? source[position] : nil
  }

  mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard next == scalar else { return false }
    position += 1
    return true
  }

  mutating func take(_ text: String) -> Bool {
    let scalars = Array(text.unicodeScalars)
    guard source[position...].starts(with: scalars) else { return false }
    position += scalars.count
    return true
  }

  /// Reads the whole expression.
  mutating func parse() throws(PatternError) -> PatternNode {
    let node = try alternation()
    guard next == nil else { throw .invalid("a parenthesis is closed that was never opened") }
    return node
  }

  mutating func alternation() throws(PatternError) -> PatternNode {
    depth += 1
    defer { depth -= 1 }
    guard depth < Self.depthBound else { throw .unsupported("an expression nested so deeply") }
    let outer = options
    var branches = [try sequence()]
    while take("|") {
      branches.append(try sequence())
    }
    options = outer
    return branches.count == 1 ? branches[0] : .alternation(branches)
  }

  private mutating func sequence() throws(PatternError) -> PatternNode {
    var nodes: [PatternNode] = []
    while let scalar = next, scalar != "|", scalar != ")" {
      if options.isExtended, skipExtended() { continue }
      guard let node = try item() else { continue }
      nodes.append(try quantified(node))
    }
    return nodes.count == 1 ? nodes[0] : .sequence(nodes)
  }

  /// In extended mode white space and comments mean nothing.
  private mutating func skipExtended() -> Bool {
    guard let scalar = next else { return false }
    if scalar.isSpace {
      position += 1
      return true
    }
    guard scalar == "#" else { return false }
    while let scalar = next, scalar != "\n" {
      _ = scalar
      position += 1
    }
    return true
  }

  /// One thing that can be repeated; nil for a switch of options.
  private mutating func item() throws(PatternError) -> PatternNode? {
    let scalar = source[position]
    position += 1
    switch scalar {
    case "(": return try group()
    case "[": return .set(try bracketSet())
    case ".":
      let newline = ScalarSet.Element.range(0x0A...0x0A)
      return .set(ScalarSet(options.dotMatchesNewline ? [] : [newline], negated: true))
    case "^": return .anchor(.lineStart)
    case "$": return .anchor(.lineEnd)
    case "\\": return try escape()
    case "*", "+", "?": throw .invalid("`\(scalar)` has nothing to repeat")
    default: return .set(ScalarSet(scalar, ignoresCase: options.ignoresCase))
    }
  }

  private mutating func group() throws(PatternError) -> PatternNode? {
    guard take("?") else { return try closed() }
    if take(":") { return try closed() }
    if take(">") { return .atomic(try closed()) }
    if take("=") { return .look(try closed(), behind: false, negated: false) }
    if take("!") { return .look(try closed(), behind: false, negated: true) }
    if take("<=") { return .look(try closed(), behind: true, negated: false) }
    if take("<!") { return .look(try closed(), behind: true, negated: true) }
    if take("#") {
      while let scalar = next, scalar != ")" {
        _ = scalar
        position += 1
      }
      return take(")") ? nil : try closed()
    }
    if take("<") || take("P<") || take("'") {
      while let scalar = next, scalar != ">", scalar != "'" {
        _ = scalar
        position += 1
      }
      position = min(position + 1, source.count)
      return try closed()
    }
    return try optionGroup()
  }

  /// `(?i-m)` for the rest of the group, or `(?i-m:…)`.
  private mutating func optionGroup() throws(PatternError) -> PatternNode? {
    let outer = options
    var isOn = true
    while let scalar = next {
      position += 1
      switch scalar {
      case "-": isOn = false
      case "i": options.ignoresCase = isOn
      case "m": options.dotMatchesNewline = isOn
      case "x": options.isExtended = isOn
      case ")": return .some(try alternationBehindSwitch())
      case ":":
        let node = try closed()
        options = outer
        return node
      default: throw .unsupported("the group `(?\(scalar)`")
      }
    }
    throw .invalid("a group is not closed")
  }

  /// What follows a switch up to the end of the group belongs to it, alternatives included.
  private mutating func alternationBehindSwitch() throws(PatternError) -> PatternNode {
    let switched = options
    let node = try alternation()
    options = switched
    return node
  }

  private mutating func closed() throws(PatternError) -> PatternNode {
    let node = try alternation()
    guard take(")") else { throw .invalid("a group is not closed") }
    return node
  }
}
