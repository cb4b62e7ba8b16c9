/// Finds the names that a mistyped one may have meant.
public enum Suggestion {
  /// The candidates near `name`, the nearest first: the same in other letters' cases, those that it
  /// begins, then those within one edit, or two for names of six letters and more.
  ///
  /// Nothing is better than something far: a name of one or two letters is never guessed from
  /// another letter in its place.
  public static func near(_ name: String, among candidates: some Sequence<String>) -> [String] {
    let typed = Array(name.unicodeScalars)
    let lowered = name.lowercased()
    let limit = typed.count < 6 ? 1 : 2
    var found: [(name: String, rank: Int, length: Int)] = []
    for candidate in Set(candidates) where candidate != name {
      let letters = Array(candidate.unicodeScalars)
      if candidate.lowercased() == lowered {
        found.append((candidate, -2, 0))
      } else if typed.count > 2, candidate.hasPrefix(name) {
        found.append((candidate, -1, letters.count))
      } else if abs(letters.count - typed.count) <= limit, letters.count > 1 {
        let distance = distance(typed, letters)
        let isGuess = letters.count == typed.count && typed.count < 3
        let isExchange = Set(typed) == Set(letters)
        if distance <= limit, !isGuess || isExchange { found.append((candidate, distance, 0)) }
      }
    }
    found.sort { ($0.rank, $0.length, $0.name) < ($1.rank, $1.length, $1.name) }
    return found.prefix(3).map(\.name)
  }

  /// A help line for an unknown name: the near names, or all names where there are few.
  public static func help(for name: String, among candidates: some Sequence<String>) -> String? {
    let near = near(name, among: candidates)
    if !near.isEmpty { return "did you mean \(list(near))?" }
    let all = Set(candidates).sorted()
    return (1...8).contains(all.count) ? "there is \(list(all, "and"))" : nil
  }

  /// Names in back quotes, the last two joined by a word.
  public static func list(_ names: [String], _ word: String = "or") -> String {
    let quoted = names.map { "`\($0)`" }
    guard let last = quoted.last, quoted.count > 1 else { return quoted.joined() }
    return quoted.dropLast().joined(separator: ", ") + " \(word) " + last
  }

  /// The restricted Damerau–Levenshtein distance: insertions, deletions, substitutions and
  /// exchanges of neighbours, no letter edited twice.
  static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
    var before: [Int] = []
    var last = Array(0...b.count)
    for i in 1...a.count {
      var row = [i]
      for j in 1...b.count {
        let cost = a[i - 1] == b[j - 1] ? 0 : 1
        var best = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + cost)
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
          best = min(best, before[j - 2] + 1)
        }
        row.append(best)
      }
      before = last
      last = row
    }
    return last[b.count]
  }
}
