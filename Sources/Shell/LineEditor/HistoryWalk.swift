/// The entries that Up and Down go through while one entry is typed.
///
/// Where something was typed only entries that begin with it are shown. What is changed on the way
/// stays changed until the entry is run, and the last step down gives back what was typed.
struct HistoryWalk {
  private(set) var entries: [String] = []
  /// The entry that is shown; nil while what was typed is.
  private var place: Int?
  private var draft = ""
  private var prefix = ""
  private var changed: [Int: String] = [:]

  private static let most = 5_000

  /// Adds an entry, unless it is the last one again, and ends the walk.
  mutating func remember(_ entry: String) {
    end()
    if entry != entries.last { entries.append(entry) }
    if entries.count > Self.most { entries.removeFirst(entries.count - Self.most) }
  }

  /// Forgets where the walk was.
  mutating func end() {
    (place, draft, prefix, changed) = (nil, "", "", [:])
  }

  /// Whether the line is an entry as it was recalled.
  func shows(_ text: String) -> Bool { place.map { entry(at: $0) == text } ?? false }

  /// The next older entry; `start` is what stands before the cursor.
  mutating func older(than text: String, start: String) -> String? {
    let wanted = place == nil ? start : prefix
    let from = place ?? entries.count
    guard let found = (0..<from).last(where: { fits($0, wanted, text) }) else { return nil }
    leave(text)
    prefix = wanted
    place = found
    return entry(at: found)
  }

  /// The next newer entry, or what was typed behind the newest.
  mutating func newer(than text: String) -> String? {
    guard let from = place else { return nil }
    leave(text)
    guard let found = (from + 1..<entries.count).first(where: { fits($0, prefix, text) }) else {
      place = nil
      return draft
    }
    place = found
    return entry(at: found)
  }

  private func entry(at index: Int) -> String { changed[index] ?? entries[index] }

  private func fits(_ index: Int, _ prefix: String, _ text: String) -> Bool {
    let entry = entry(at: index)
    return entry != text && entry.hasPrefix(prefix)
  }

  private mutating func leave(_ text: String) {
    guard let place else {
      draft = text
      return
    }
    if text != entry(at: place) { changed[place] = text }
  }
}
