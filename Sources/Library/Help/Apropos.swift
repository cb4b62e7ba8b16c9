import Language

/// Search through everything that the registry says.
enum Apropos {
  /// The entries that every word of a query occurs in, the likeliest first.
  static func matches(_ query: String, in registry: Registry) -> [Builtin] {
    let words = query.lowercased().split(whereSeparator: \.isWhitespace).map(String.init)
    guard !words.isEmpty else { return [] }
    var found: [(entry: Builtin, rank: Int, place: Int)] = []
    for (place, entry) in registry.entries.enumerated() {
      let ranks = words.map { rank($0, in: entry) }
      guard let worst = ranks.max(), worst < .max else { continue }
      found.append((entry, ranks.reduce(0, +), place))
    }
    return found.sorted { ($0.rank, $0.place) < ($1.rank, $1.place) }.map(\.entry)
  }

  /// How well a word fits an entry: 0 as its name, up to 5 in an example; `.max` not at all.
  private static func rank(_ word: String, in entry: Builtin) -> Int {
    let name = entry.name.lowercased()
    if name == word { return 0 }
    if name.contains(word) { return 1 }
    if entry.searchWords.contains(where: { $0.lowercased().contains(word) }) { return 2 }
    if entry.summary.lowercased().contains(word) { return 3 }
    let parameters = entry.parameters.contains {
      $0.name.lowercased().contains(word) || $0.summary.lowercased().contains(word)
    }
    if parameters || entry.details.lowercased().contains(word) { return 4 }
    let examples = entry.examples.contains {
      $0.code.lowercased().contains(word) || $0.shows.lowercased().contains(word)
    }
    return examples || entry.family.title.lowercased().contains(word) ? 5 : .max
  }
}
