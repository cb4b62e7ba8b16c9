import Statistics

/// How well heads of attention to the source find the words that a word of the translation renders.
///
/// Each head is read in two ways: while the decoder reads the word, and one step before, when it is
/// about to write it. The baselines are words at fixed distances from the same relative place in the
/// source. Questions are grouped by the part of speech of the first word that is rendered.
public struct AlignmentHeads: Sendable {
  /// The two ways in which a head is read.
  public enum Step: Int, Sendable, Hashable, CaseIterable {
    /// While the word's tokens come in.
    case reading
    /// One token before, while they are written.
    case writing
  }

  /// The distances of the baselines from the same relative place.
  public static let offsets = [-3, -2, -1, 0, 1, 2]

  /// The heads.
  public let heads: HeadSelection
  /// How many rows the corpus has.
  public let rows: Int
  /// The questions and answers; the cells of a head are its two steps.
  public private(set) var cases: WordCases

  /// Nothing yet, of so many rows.
  public init(rows: Int, heads: HeadSelection) {
    self.heads = heads
    self.rows = rows
    cases = WordCases(
      cells: heads.count * 2,
      baselines: Self.offsets.map { $0 > 0 ? "+\($0)" : "\($0)" })
  }

  /// Adds a row.
  public mutating func add(_ row: AttentionRow) {
    guard heads.isCross else { return }
    let frame = row.wordFrame
    let text = row.row.text
    let places = Dictionary(uniqueKeysWithValues: frame.keys.enumerated().map { ($1, $0) })
    let count = frame.keys.count
    let whole = frame.queries.map { _ in 0..<count }
    var best: [[[Int]]] = []
    for head in 0..<heads.count {
      let pattern = row.pattern(head)
      best.append(frame.view(of: pattern).rowMaximisers(within: whole))
      best.append(frame.viewWriting(pattern).rowMaximisers(within: whole))
    }
    for (place, word) in frame.queries.enumerated() {
      let right = text.targetWords[word].sources.compactMap { places[$0] }
      guard let first = text.targetWords[word].sources.first, !right.isEmpty else { continue }
      let anchor = frame.queries.count < 2 ? 0 : place * (count - 1) / (frame.queries.count - 1)
      cases.ask(
        WordCases.Case(
          group: text.words[first].partOfSpeech ?? "word", row: row.index, choices: count,
          right: right.map { $0 - anchor },
          isVisible: [true, frame.queryPieces[place].contains { $0 > 0 }],
          baselines: Self.offsets.map { offset in right.contains(anchor + offset) ? 1 : 0 }))
      for cell in best.indices {
        cases.answer(best[cell][place].map { $0 - anchor }, cell: cell)
      }
    }
  }

  /// The best head of each part of speech that occurs at least `least` times.
  public func findings(least: Int = WordCases.many, seed: UInt64) -> [WordFinding] {
    cases.findings(rows: rows, least: least, seed: seed)
  }
}
