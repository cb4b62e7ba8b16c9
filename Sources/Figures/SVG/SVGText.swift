import Foundation
import Language

/// Builds the text of an SVG document, an element to a line.
struct SVGText {
  private(set) var lines: [String] = []
  private var depth = 1

  /// Adds an element.
  ///
  /// Attributes keep their order.
  mutating func element(_ name: String, _ attributes: [(String, String)], content: String? = nil) {
    let start = indent + "<\(name)" + attributes.map { " \($0)=\"\(Self.escaped($1))\"" }.joined()
    lines.append(content.map { "\(start)>\(Self.escaped($0))</\(name)>" } ?? start + "/>")
  }

  /// Adds a group around what `body` adds.
  mutating func group(_ attributes: [(String, String)], _ body: (inout SVGText) -> Void) {
    lines.append(indent + "<g" + attributes.map { " \($0)=\"\(Self.escaped($1))\"" }.joined() + ">")
    depth += 1
    body(&self)
    depth -= 1
    lines.append(indent + "</g>")
  }

  /// Adds text at a place.
  mutating func text(
    _ content: String, _ x: Double, _ y: Double, anchor: String = "start", turned: Double = 0,
    _ further: [(String, String)] = []
  ) {
    var attributes = [("x", Self.number(x)), ("y", Self.number(y))]
    if anchor != "start" { attributes.append(("text-anchor", anchor)) }
    if turned != 0 {
      attributes.append(
        ("transform", "rotate(\(Self.number(turned)) \(Self.number(x)) \(Self.number(y)))"))
    }
    // Spaces at the ends of a token's text are part of it.
    if content.hasPrefix(" ") || content.hasSuffix(" ") {
      attributes.append(("xml:space", "preserve"))
    }
    element("text", attributes + further, content: content)
  }

  /// Adds a straight line.
  mutating func line(
    _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ further: [(String, String)] = []
  ) {
    element(
      "line",
      [
        ("x1", Self.number(x1)), ("y1", Self.number(y1)), ("x2", Self.number(x2)),
        ("y2", Self.number(y2)),
      ] + further)
  }

  /// Adds a filled rectangle.
  mutating func rectangle(
    _ x: Double, _ y: Double, _ width: Double, _ height: Double, fill: String
  ) {
    element(
      "rect",
      [
        ("x", Self.number(x)), ("y", Self.number(y)), ("width", Self.number(width)),
        ("height", Self.number(height)), ("fill", fill),
      ])
  }

  /// Adds a whole document at a place; gives its size.
  mutating func embed(
    _ document: String, _ x: Double, _ y: Double
  ) -> (width: Double, height: Double) {
    var inner = document.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    while inner.last == "" { inner.removeLast() }
    guard let head = inner.first else { return (0, 0) }
    func size(_ name: String) -> Double {
      let behind = head.components(separatedBy: " \(name)=\"").dropFirst().first ?? ""
      return Double(behind.prefix { $0 != "\"" }) ?? 0
    }
    inner[0] =
      "<svg x=\"\(Self.number(x))\" y=\"\(Self.number(y))\"" + head.dropFirst("<svg".count)
    lines += inner.map { indent + $0 }
    return (size("width"), size("height"))
  }

  /// The whole document.
  func document(width: Double, height: Double) -> String {
    let size = "width=\"\(Self.number(width))\" height=\"\(Self.number(height))\""
    let box = "viewBox=\"0 0 \(Self.number(width)) \(Self.number(height))\""
    let font = "font-family=\"Helvetica, Arial, sans-serif\" font-size=\"12\" fill=\"#222222\""
    let head = "<svg xmlns=\"http://www.w3.org/2000/svg\" \(size) \(box) \(font)>"
    let ground = "  <rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>"
    return ([head, ground] + lines + ["</svg>"]).joined(separator: "\n") + "\n"
  }

  private var indent: String { String(repeating: "  ", count: depth) }

  /// A coordinate with at most two places behind the point.
  static func number(_ value: Double) -> String {
    let rounded = (value * 100).rounded() / 100
    return NumberText.shortest(rounded == 0 ? 0 : rounded)
  }

  /// About how wide a text is, in the font's size of 12.
  static func width(_ text: String) -> Double { Double(DisplayWidth.of(text)) * 6.8 }

  /// The text with what XML forbids or gives a meaning made harmless.
  static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in Columns.oneLine(text).unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "\u{FFFE}", "\u{FFFF}": escaped += "\u{FFFD}"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
