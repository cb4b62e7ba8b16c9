/// Writes diagnostics for people: the user's own text with carets under it.
public struct DiagnosticText: Sendable {
  /// Whether the text carries terminal colours.
  public let isColoured: Bool

  /// Makes a writer.
  public init(isColoured: Bool = false) { self.isColoured = isColoured }

  /// The diagnostic as lines, without a line break at the end.
  public func text(_ diagnostic: Diagnostic) -> String {
    let tone: Tone = diagnostic.severity == .error ? .error : .warning
    var lines = [
      paint("\(diagnostic.severity.rawValue)[\(diagnostic.code)]", tone) + ": "
        + paint(diagnostic.headline, .strong)
    ]
    let groups = excerpts(of: diagnostic.labels)
    let margin = groups.flatMap(\.lines).map { String($0.number).count }.max() ?? 1
    for group in groups { lines += text(group, margin: margin, tone: tone) }
    let indent = String(repeating: " ", count: margin + 1)
    for note in diagnostic.notes { lines.append(indent + paint("=", .quiet) + " " + note) }
    if let help = diagnostic.help {
      lines.append(indent + paint("help:", .help) + " " + help)
    }
    return lines.joined(separator: "\n")
  }

  enum Tone: String {
    case error = "31;1"
    case warning = "33;1"
    case strong = "1"
    case quiet = "2"
    case help = "36"
  }

  func paint(_ text: String, _ tone: Tone) -> String {
    isColoured && !text.isEmpty ? "\u{1B}[\(tone.rawValue)m\(text)\u{1B}[0m" : text
  }
}
