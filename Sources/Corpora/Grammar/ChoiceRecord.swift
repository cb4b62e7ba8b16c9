/// The choices of a derivation in order, so that it can be made again with one of them changed.
struct ChoiceRecord {
  /// A choice that was made.
  struct Entry {
    /// Which of the possibilities was taken.
    var index: Int
    /// How many there were.
    let count: Int
    /// How many words stood before it was made.
    let words: Int
  }

  /// The choices that were made, or are to be made.
  private(set) var entries: [Entry] = []
  /// How many of them were made again; nil while new ones are noted.
  private var replayed: Int?
  /// Whether a choice was prescribed that cannot be made.
  var isImpossible = false

  /// Notes choices as they are drawn.
  init() {}

  /// Prescribes the choices of another record, with one of them changed.
  init(_ record: ChoiceRecord, changing place: Int, to index: Int) {
    entries = record.entries
    entries[place].index = index
    replayed = 0
  }

  /// Whether every choice that was prescribed was made, and no more were wanted.
  var isExhausted: Bool { replayed == entries.count }

  mutating func note(_ index: Int, of count: Int, words: Int) {
    entries.append(Entry(index: index, count: count, words: words))
  }

  /// The prescribed choice among `count`; nil when choices are noted, not prescribed.
  mutating func prescribed(_ count: Int) -> Int? {
    guard let place = replayed else { return nil }
    replayed = place + 1
    guard place < entries.count, entries[place].count == count else {
      isImpossible = true
      return 0
    }
    return entries[place].index
  }
}
