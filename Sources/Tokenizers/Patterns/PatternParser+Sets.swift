extension PatternParser {
  /// Reads what stands behind a backslash outside brackets.
  mutating func escape() throws(PatternError) -> PatternNode {
    guard let scalar = next else { throw .invalid("it ends with a backslash") }
    switch scalar {
    case "A": return anchor(.textStart)
    case "z": return anchor(.textEnd)
    case "Z": return anchor(.textEndOrLastNewline)
    case "b": return anchor(.wordBoundary)
    case "B": return anchor(.noWordBoundary)
    case "1"..."9", "k": throw .unsupported("a reference back to a group")
    case "G", "K", "R", "X", "g", "y", "Y", "N", "O":
      throw .unsupported("the escape `\\\(scalar)`")
    default: return .set(ScalarSet([try escapedElement()], ignoresCase: options.ignoresCase))
    }
  }

  private mutating func anchor(_ anchor: PatternAnchor) -> PatternNode {
    position += 1
    return .anchor(anchor)
  }

  /// Reads a set behind its opening bracket.
  mutating func bracketSet(depth: Int = 0) throws(PatternError) -> ScalarSet {
    guard depth < Self.depthBound else { throw .unsupported("a set nested so deeply") }
    let negated = take("^")
    var elements: [ScalarSet.Element] = []
    var intersected: [ScalarSet] = []
    var isFirst = true
    while let scalar = next {
      if scalar == "]", !isFirst {
        position += 1
        let ignoresCase = options.ignoresCase
        guard !intersected.isEmpty else {
          return ScalarSet(elements, negated: negated, ignoresCase: ignoresCase)
        }
        intersected.append(ScalarSet(elements, ignoresCase: ignoresCase))
        return ScalarSet(
          [.property(.any, negated: false)], negated: negated, narrowedBy: intersected)
      }
      isFirst = false
      if take("&&") {
        intersected.append(ScalarSet(elements, ignoresCase: options.ignoresCase))
        elements = []
      } else if take("[:") {
        elements.append(try posixClass())
      } else if take("[") {
        elements.append(.nested(try bracketSet(depth: depth + 1)))
      } else {
        elements.append(try rangeOrElement())
      }
    }
    throw .invalid("a set is not closed")
  }

  private mutating func posixClass() throws(PatternError) -> ScalarSet.Element {
    let negated = take("^")
    let name = try text(until: ":")
    // In brackets, punctuation takes in symbols.
    guard take("]"), let property = name == "punct" ? .sign : ScalarProperty(name: name) else {
      throw .unsupported("the class `[:\(name):]`")
    }
    return .property(property, negated: negated)
  }

  private mutating func rangeOrElement() throws(PatternError) -> ScalarSet.Element {
    let first = try setElement()
    guard case .range(let low) = first, next == "-", position + 1 < source.count,
      source[position + 1] != "]"
    else { return first }
    let dash = position
    position += 1
    guard next != "[", case .range(let high) = try setElement() else {
      position = dash
      return first
    }
    guard low.lowerBound <= high.lowerBound else { throw .invalid("a range runs backwards") }
    return .range(low.lowerBound...high.lowerBound)
  }

  private mutating func setElement() throws(PatternError) -> ScalarSet.Element {
    guard let scalar = next else { throw .invalid("a set is not closed") }
    position += 1
    guard scalar == "\\" else { return .range(scalar.value...scalar.value) }
    if take("b") { return .range(0x08...0x08) }
    return try escapedElement()
  }

  /// What stands behind a backslash, as part of a set.
  private mutating func escapedElement() throws(PatternError) -> ScalarSet.Element {
    guard let scalar = next else { throw .invalid("it ends with a backslash") }
    position += 1
    switch scalar {
    case "s": return .property(.space, negated: false)
    case "S": return .property(.space, negated: true)
    case "w": return .property(.word, negated: false)
    case "W": return .property(.word, negated: true)
    case "d": return .property(.digit, negated: false)
    case "D": return .property(.digit, negated: true)
    case "h": return .property(.hexDigit, negated: false)
    case "H": return .property(.hexDigit, negated: true)
    case "p", "P": return try namedProperty(negated: scalar == "P")
    case "n": return .range(0x0A...0x0A)
    case "r": return .range(0x0D...0x0D)
    case "t": return .range(0x09...0x09)
    case "f": return .range(0x0C...0x0C)
    case "v": return .range(0x0B...0x0B)
    case "a": return .range(0x07...0x07)
    case "e": return .range(0x1B...0x1B)
    case "0": return .range(0...0)
    case "x": return try codePoint(digits: 1...2)
    case "u": return try codePoint(digits: 4...4)
    default: return .range(scalar.value...scalar.value)
    }
  }

  private mutating func namedProperty(negated: Bool) throws(PatternError) -> ScalarSet.Element {
    guard take("{") else { throw .unsupported("`\\p` without braces") }
    let isInverted = take("^")
    let name = try text(until: "}")
    guard let property = ScalarProperty(name: name) else {
      throw .unsupported("the property `\\p{\(name)}`")
    }
    return .property(property, negated: negated != isInverted)
  }

  private mutating func codePoint(
    digits: ClosedRange<Int>
  ) throws(PatternError) -> ScalarSet.Element {
    var text = ""
    if take("{") {
      text = try self.text(until: "}")
    } else {
      while text.utf8.count < digits.upperBound, let digit = next, digit.properties.isASCIIHexDigit
      {
        text.unicodeScalars.append(digit)
        position += 1
      }
    }
    guard let value = UInt32(text, radix: 16), Unicode.Scalar(value) != nil else {
      throw .invalid("`\\x\(text)` is not a character")
    }
    return .range(value...value)
  }

  /// The text up to `end`, which is consumed.
  private mutating func text(until end: Unicode.Scalar) throws(PatternError) -> String {
    var text = ""
    while let scalar = next {
      position += 1
      if scalar == end { return text }
      text.unicodeScalars.append(scalar)
    }
    throw .invalid("`\(end)` is missing")
  }
}
