import Corpora
import Statistics

/// How well single heads find the syntactic head of each word (Clark et al., 2019).
///
/// Maps are between words, the diagonal is cleared after words were put together, and special tokens
/// are cut away. The answer of a cell is the word that gets most from the dependent, or the one that
/// gives most to it. The baselines are words at fixed distances. Roots, punctuation and words whose
/// head is punctuation are no questions. In a causal model a question counts in the way of reading in
/// which the later of the two words attends to the earlier one.
public struct DependencyHeads: Sendable {
  /// The two ways in which a head is read.
  public enum Direction: Int, Sendable, Hashable, CaseIterable {
    /// The dependent attends to its head.
    case fromDependent
    /// The head attends to its dependent.
    case fromHead
  }

  /// The distances of the baselines.
  public static let offsets = [-3, -2, -1, 1, 2]

  /// The heads.
  public let heads: HeadSelection
  /// How many rows the corpus has.
  public let rows: Int
  /// How the rows of a word's pieces become one.
  public let merging: RowMerging
  /// Whether possessors are asked at the marks that released code knows, 's and s' alone.
  ///
  /// The condition in the notebook of Clark et al. (2019) has no parentheses, so that it reads past the
  /// end of a sentence; here the last word is asked itself.
  public let isReleased: Bool
  /// The questions and answers; the cells of a head are its two directions.
  public private(set) var cases: WordCases

  /// Nothing yet, of so many rows.
  public init(
    rows: Int, heads: HeadSelection, merging: RowMerging = .mean, isReleased: Bool = false
  ) {
    self.isReleased = isReleased
    self.heads = heads
    self.rows = rows
    self.merging = merging
    cases = WordCases(
      cells: heads.count * 2, baselines: Self.offsets.map { $0 > 0 ? "+\($0)" : "\($0)" })
  }

  /// Adds a row.
  public mutating func add(_ row: AttentionRow) {
    guard !heads.isCross, heads.stack == .encoder || row.row.row.source == nil else { return }
    let questions = questions(row)
    guard !questions.isEmpty else { return }
    let frame = row.wordFrame
    let count = frame.keys.count
    let whole = (0..<count).map { _ in 0..<count }
    var best: [[[Int]]] = []
    for head in 0..<heads.count {
      let map = frame.view(of: row.pattern(head), by: merging).withoutDiagonal
      best.append(map.rowMaximisers(within: whole))
      best.append(map.transposed.rowMaximisers(within: whole))
    }
    for (word, question) in questions {
      cases.ask(question)
      for cell in best.indices {
        cases.answer(best[cell][word.asked].map { $0 - word.place }, cell: cell)
      }
    }
  }

  /// The questions of a row; words are places in its word frame.
  private func questions(_ row: AttentionRow) -> [((asked: Int, place: Int), WordCases.Case)] {
    let words = row.row.text.words
    let frame = row.wordFrame
    let places = Dictionary(uniqueKeysWithValues: frame.keys.enumerated().map { ($1, $0) })
    return frame.queries.enumerated().compactMap { place, word in
      guard let head = words[word].head, let target = places[head], target != place,
        let relation = words[word].relation, !Self.isLeftOut(relation),
        words[head].partOfSpeech != "PUNCT"
      else { return nil }
      let offset = target - place
      let asked = marker(word, relation, words).flatMap { places[$0] } ?? place
      let isSeen = { (from: Int, to: Int) in !heads.isCausal || to < from }
      return (
        (asked, place),
        WordCases.Case(
          group: relation, row: row.index, choices: frame.keys.count, right: [offset],
          isVisible: [isSeen(asked, target), isSeen(target, asked)],
          baselines: Self.offsets.map { $0 == offset ? 1 : 0 })
      )
    }
  }

  private static func isLeftOut(_ relation: String) -> Bool {
    relation == "root" || relation == "punct" || relation.isEmpty || relation == "_"
  }

  /// The word that is asked in the place of a possessor: the *'s* behind it, where there is one.
  private func marker(_ word: Int, _ relation: String, _ words: [AnnotatedWord]) -> Int? {
    guard relation == "poss" || relation == "nmod:poss", word + 1 < words.count,
      (isReleased ? ["'s", "s'"] : ["'s", "’s", "'", "’"]).contains(words[word + 1].text)
    else { return nil }
    return word + 1
  }

  /// The best head of each relation that occurs at least `least` times.
  public func findings(least: Int = WordCases.many, seed: UInt64) -> [WordFinding] {
    cases.findings(rows: rows, least: least, seed: seed)
  }
}
