/// The search for entries that contain what is typed, as Ctrl-R begins it.
struct HistorySearch {
  /// A key that goes on with a search.
  enum Step {
    case type(Unicode.Scalar)
    case shorten
    case older
    case newer
    /// Keeps what was found.
    case keep
    /// Gives back what was typed before.
    case giveUp
  }

  private let entries: [String]
  private let draft: String
  private(set) var query = ""
  private var place: Int
  /// Whether the last step found nothing further.
  private(set) var hasFailed = false

  init(in entries: [String], from draft: String) {
    self.entries = entries
    self.draft = draft
    place = entries.count
  }

  /// What the line shows.
  var text: String { entries.indices.contains(place) ? entries[place] : draft }

  /// What the screen says about the search.
  var status: String { (hasFailed ? "not found: " : "search: ") + query }

  /// Follows a step; false when it ends the search.
  mutating func follow(_ step: Step) -> Bool {
    hasFailed = false
    switch step {
    case .type(let scalar):
      query.unicodeScalars.append(scalar)
      move(to: (0..<min(place + 1, entries.count)).last(where: fits))
    case .shorten:
      if !query.isEmpty { query.unicodeScalars.removeLast() }
      place = entries.count
      if !query.isEmpty { move(to: entries.indices.last(where: fits)) }
    case .older: move(to: (0..<place).last { fits($0) && entries[$0] != text })
    case .newer:
      move(to: entries.indices.dropFirst(place + 1).first { fits($0) && entries[$0] != text })
    case .keep: return false
    case .giveUp:
      place = entries.count
      return false
    }
    return true
  }

  private func fits(_ index: Int) -> Bool { entries[index].contains(query) }

  private mutating func move(to found: Int?) {
    if let found { place = found } else { hasFailed = true }
  }
}
