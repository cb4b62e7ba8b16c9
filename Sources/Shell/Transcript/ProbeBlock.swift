import Language

/// An input in a document, with the output that stands under it.
struct ProbeBlock: Equatable {
  /// The line of the input's first line, from 1.
  let line: Int
  let input: String
  /// The output; nil where no block follows.
  let expected: String?

  /// Whether the input was stopped before its end; how far it came is chance.
  var wasInterrupted: Bool {
    let lines = (expected ?? "").split(separator: "\n")
    return lines.contains { $0.hasPrefix("error[\(Diagnostic.interruptedCode)]") }
  }

  /// The blocks of a Markdown document in order.
  ///
  /// The output of an input is the next block without a language, when nothing but blank lines
  /// stands between.
  static func all(in document: String) -> [ProbeBlock] {
    var blocks: [ProbeBlock] = []
    var isWaiting = false
    var lines = document.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }[...]
    while let line = lines.first {
      guard let opening = Fence.opening(line) else {
        if !line.trimmed.isEmpty { isWaiting = false }
        lines = lines.dropFirst()
        continue
      }
      let start = lines.startIndex + 2
      let body = takeBody(opening, &lines)
      let language = opening.info.split(separator: " ").first.map(String.init) ?? ""
      if language == "probe" {
        blocks.append(ProbeBlock(line: start, input: body, expected: nil))
        isWaiting = true
      } else if language.isEmpty, isWaiting, let last = blocks.popLast() {
        blocks.append(ProbeBlock(line: last.line, input: last.input, expected: body))
        isWaiting = false
      } else {
        isWaiting = false
      }
    }
    return blocks
  }

  /// Takes the opening, the lines up to the closing and the closing itself.
  private static func takeBody(
    _ opening: Fence.Opening, _ lines: inout ArraySlice<Substring>
  ) -> String {
    lines = lines.dropFirst()
    var body: [Substring] = []
    while let line = lines.popFirst() {
      if Fence.closes(opening, line) { break }
      let indent = min(opening.indent, line.prefix { $0 == " " }.count)
      body.append(line.dropFirst(indent))
    }
    return body.joined(separator: "\n")
  }
}
