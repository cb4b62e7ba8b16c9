import Language

/// Candidates set in columns under the prompt.
enum CandidateList {
  private static let most = 120

  /// The lines; candidates with a note stand one to a line.
  static func text(_ candidates: [Completion.Candidate], width: Int) -> String {
    let shown = Array(candidates.prefix(most))
    var lines: [String]
    if shown.count <= 12, shown.contains(where: { !$0.note.isEmpty }) {
      let widest = shown.map { DisplayWidth.of($0.label) }.max() ?? 0
      lines = shown.map {
        DisplayWidth.truncate(DisplayWidth.fit($0.label, widest) + "  " + $0.note, width - 1)
      }
    } else {
      lines = columns(shown.map(\.label), width: width)
    }
    if candidates.count > most { lines.append("… \(candidates.count - most) more") }
    return lines.map { $0 + "\n" }.joined()
  }

  /// Names in columns, read downwards.
  private static func columns(_ names: [String], width: Int) -> [String] {
    let cell = (names.map { DisplayWidth.of($0) }.max() ?? 0) + 2
    let across = max(1, width / cell)
    let rows = (names.count + across - 1) / across
    return (0..<rows).map { row in
      stride(from: row, to: names.count, by: rows).map { index in
        index + rows < names.count ? DisplayWidth.fit(names[index], cell) : names[index]
      }.joined()
    }
  }
}
