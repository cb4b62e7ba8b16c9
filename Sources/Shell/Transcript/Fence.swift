/// Fences of code blocks in Markdown.
enum Fence {
  /// A block in a fence that is longer than every run of backticks in it.
  static func block(_ text: String, language: String = "") -> String {
    var longest = 0
    var run = 0
    for byte in text.utf8 {
      run = byte == UInt8(ascii: "`") ? run + 1 : 0
      longest = max(longest, run)
    }
    let fence = String(repeating: "`", count: max(3, longest + 1))
    let body = text.hasSuffix("\n") || text.isEmpty ? text : text + "\n"
    return fence + language + "\n" + body + fence + "\n"
  }

  /// What opens a block: the fence's sign, its length, its indentation and the words behind it.
  struct Opening: Equatable {
    let sign: Character
    let length: Int
    let indent: Int
    let info: String
  }

  /// The opening in a line, if it is one.
  static func opening(_ line: Substring) -> Opening? {
    let indent = line.prefix { $0 == " " }.count
    let rest = line.dropFirst(indent)
    guard indent < 4, let sign = rest.first, sign == "`" || sign == "~" else { return nil }
    let length = rest.prefix { $0 == sign }.count
    let info = rest.dropFirst(length).trimmed
    guard length >= 3, sign == "~" || !info.contains("`") else { return nil }
    return Opening(sign: sign, length: length, indent: indent, info: info)
  }

  /// Whether a line closes a block.
  static func closes(_ opening: Opening, _ line: Substring) -> Bool {
    let indent = line.prefix { $0 == " " }.count
    let rest = line.dropFirst(indent)
    let length = rest.prefix { $0 == opening.sign }.count
    return indent < 4 && length >= opening.length && rest.dropFirst(length).trimmed.isEmpty
  }
}

extension Substring {
  /// The text without white space at its ends.
  var trimmed: String {
    var part = self
    while part.first?.isWhitespace == true { part = part.dropFirst() }
    while part.last?.isWhitespace == true { part = part.dropLast() }
    return String(part)
  }
}
