extension DisplayWidth {
  /// Words put into lines of a width, with one space between two; a word that is wider has a line of
  /// its own.
  ///
  /// - Parameters:
  ///   - first: What the first line begins with.
  ///   - further: What the others begin with.
  public static func wrapped(
    _ words: [String], to width: Int, first: String = "", further: String = ""
  ) -> [String] {
    var lines: [String] = []
    var line = first
    var isEmpty = true
    var used = of(first)
    for word in words {
      let own = of(word)
      if !isEmpty, used + 1 + own > width {
        lines.append(line)
        (line, used, isEmpty) = (further, of(further), true)
      }
      line += isEmpty ? word : " " + word
      used += isEmpty ? own : own + 1
      isEmpty = false
    }
    return isEmpty ? lines : lines + [line]
  }

  /// A text cut at its spaces into lines of a width; one that fits stays as it is.
  public static func wrapped(_ text: String, to width: Int, further: String = "") -> [String] {
    if of(text) <= width { return [text] }
    let lead = String(text.prefix { $0 == " " })
    let words = text.split(separator: " ").map(String.init)
    return wrapped(words, to: width, first: lead, further: lead + further)
  }
}
