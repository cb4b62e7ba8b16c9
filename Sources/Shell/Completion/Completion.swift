/// What may stand at the cursor.
struct Completion: Equatable {
  /// One possibility.
  struct Candidate: Equatable {
    /// The text that stands in place of the word.
    let text: String
    /// What the list shows.
    let label: String
    /// What it is, in a few words.
    let note: String
    /// What follows when it is the only one, such as a space.
    let suffix: String
    /// Where it stands in the list: those of the lowest rank come first.
    let rank: Int

    init(
      _ text: String, label: String? = nil, note: String = "", suffix: String = "", rank: Int = 1
    ) {
      self.text = text
      self.label = label ?? text
      self.note = note
      self.suffix = suffix
      self.rank = rank
    }
  }

  /// The word at the cursor that candidates begin with.
  let word: String
  let candidates: [Candidate]

  /// What Tab inserts behind the word: the rest of what all candidates have in common.
  var insertion: String {
    guard let first = candidates.first else { return "" }
    if candidates.count == 1 { return String(first.text.dropFirst(word.count)) + first.suffix }
    var common = first.text[...]
    for candidate in candidates.dropFirst() {
      common = common.commonPrefix(with: candidate.text)[...]
    }
    return String(common.dropFirst(word.count))
  }
}

extension Substring {
  fileprivate func commonPrefix(with other: String) -> String {
    String(zip(self, other).prefix { $0 == $1 }.map(\.0))
  }
}
