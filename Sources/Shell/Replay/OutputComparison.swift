/// How a new output differs from an old one, line by line.
struct OutputComparison {
  /// A line of a difference.
  enum Line: Equatable {
    case same(String)
    case missing(String)
    case added(String)
  }

  /// Both outputs merged, in order.
  let lines: [Line]

  /// Whether nothing differs.
  var isSame: Bool { lines.allSatisfy { if case .same = $0 { true } else { false } } }

  init(expected: String, actual: String) {
    let old = Self.lines(of: expected)
    let new = Self.lines(of: actual)
    let changes = new.difference(from: old) { LineComparison.same($0, $1) }
    var removed: Set<Int> = []
    var inserted: Set<Int> = []
    for change in changes {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): inserted.insert(offset)
      }
    }
    var merged: [Line] = []
    var place = 0
    for (index, line) in old.enumerated() {
      if removed.contains(index) {
        merged.append(.missing(String(line)))
        continue
      }
      while inserted.contains(place) {
        merged.append(.added(String(new[place])))
        place += 1
      }
      merged.append(.same(String(line)))
      place += 1
    }
    while place < new.count {
      merged.append(.added(String(new[place])))
      place += 1
    }
    lines = merged
  }

  /// The lines without white space at their ends and without empty ones at the end of all.
  private static func lines(of text: String) -> [Substring] {
    let parts = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
    var lines = parts.map { line in
      var line = line
      while line.last?.isWhitespace == true { line = line.dropLast() }
      return line
    }
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }

  /// The changed lines with up to `context` unchanged ones around, indented.
  func text(context: Int = 1) -> String {
    let changed = lines.indices.filter { if case .same = lines[$0] { false } else { true } }
    var text = ""
    var last = -1
    for index in lines.indices {
      guard changed.contains(where: { abs($0 - index) <= context }) else { continue }
      if last >= 0, index > last + 1 { text += "    …\n" }
      last = index
      switch lines[index] {
      case .same(let line): text += "    \(line)\n"
      case .missing(let line): text += "  - \(line)\n"
      case .added(let line): text += "  + \(line)\n"
      }
    }
    return text
  }
}
