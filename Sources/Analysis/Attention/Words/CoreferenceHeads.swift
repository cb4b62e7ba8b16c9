import Corpora
import Statistics

/// How well heads find what a mention refers back to (Clark et al., 2019).
///
/// A mention is a run of words with one entity; its head word is the one whose own head lies outside
/// of it, or else its last word. A mention with an earlier one of the same entity asks a question;
/// candidates are the head words of all earlier mentions, or all earlier words. It is answered when
/// the candidate that gets most is a mention of the same entity. Baselines: the nearest candidate,
/// and the nearest one that reads the same, else the nearest.
public struct CoreferenceHeads: Sendable {
  /// What may be an answer.
  public enum Candidates: String, Sendable, Hashable, CaseIterable {
    /// The head words of earlier mentions.
    case mentions
    /// All earlier words.
    case words
  }

  /// The two ways in which a head is read.
  public enum Direction: Int, Sendable, Hashable, CaseIterable {
    /// The later mention attends to the earlier one.
    case fromLater
    /// The earlier mention attends to the later one; only where attention is not causal.
    case fromEarlier
  }

  /// The heads.
  public let heads: HeadSelection
  /// How many rows the corpus has.
  public let rows: Int
  /// What may be an answer.
  public let candidates: Candidates
  /// The questions and answers; the cells of a head are its two directions.
  public private(set) var cases: WordCases
  /// What choosing among the candidates blindly gets, summed over the questions.
  private var blind = 0.0

  /// Nothing yet, of so many rows.
  public init(rows: Int, heads: HeadSelection, candidates: Candidates = .mentions) {
    self.heads = heads
    self.rows = rows
    self.candidates = candidates
    cases = WordCases(cells: heads.count * 2, baselines: ["nearest", "same word"])
  }

  /// The share of questions that a blind choice among the candidates gets right.
  public var chance: Double { cases.cases.isEmpty ? .nan : blind / Double(cases.cases.count) }

  /// Adds a row.
  public mutating func add(_ row: AttentionRow) {
    guard !heads.isCross, heads.stack == .encoder || row.row.row.source == nil else { return }
    let questions = questions(row)
    guard !questions.isEmpty else { return }
    let frame = row.wordFrame
    let maps = (0..<heads.count).flatMap { head in
      let map = frame.view(of: row.pattern(head))
      return [map, map.transposed]
    }
    for question in questions {
      let count = question.candidates.count
      blind += Double(question.right.count) / Double(count)
      cases.ask(
        WordCases.Case(
          group: question.group, row: row.index, choices: count,
          right: question.right.map { $0 - count },
          isVisible: [true, !heads.isCausal],
          baselines: [
            question.right.contains(count - 1) ? 1 : 0,
            question.right.contains(question.sameWord) ? 1 : 0,
          ]))
      for (cell, map) in maps.enumerated() {
        let seen = map.selecting(rows: [question.word], columns: question.candidates)
        // Distances count back from the question: -1 is the nearest candidate.
        cases.answer(seen.rowMaximisers(within: [0..<count])[0].map { $0 - count }, cell: cell)
      }
    }
  }

  /// The best head of each kind of mention that occurs at least `least` times.
  public func findings(least: Int = WordCases.many, seed: UInt64) -> [WordFinding] {
    cases.findings(rows: rows, least: least, seed: seed)
  }

  private struct Question {
    /// The head word of the later mention, as a place in the word frame.
    let word: Int
    let group: String
    /// The words to choose from, as places in the word frame, first to last.
    let candidates: [Int]
    /// Which of them are right, as places in `candidates`.
    let right: [Int]
    /// The nearest candidate that reads the same, or else the nearest.
    let sameWord: Int
  }

  private func questions(_ row: AttentionRow) -> [Question] {
    let words = row.row.text.words
    let frame = row.wordFrame
    let places = Dictionary(uniqueKeysWithValues: frame.keys.enumerated().map { ($1, $0) })
    let mentions = Self.mentions(words).compactMap { mention in
      places[mention.head].map { (word: mention.head, entity: mention.entity, place: $0) }
    }
    return mentions.enumerated().compactMap { index, mention in
      let earlier = mentions[..<index]
      guard earlier.contains(where: { $0.entity == mention.entity }) else { return nil }
      let choices =
        candidates == .mentions ? earlier.map(\.place) : Array(0..<mention.place)
      let antecedents = Set(earlier.filter { $0.entity == mention.entity }.map(\.place))
      let same = choices.indices.last { place in
        Self.reads(words[frame.keys[choices[place]]]) == Self.reads(words[mention.word])
      }
      return Question(
        word: mention.place, group: Self.group(words[mention.word]), candidates: choices,
        right: choices.indices.filter { antecedents.contains(choices[$0]) },
        sameWord: same ?? choices.count - 1)
    }
  }

  /// The mentions of a text in order, each by its head word.
  static func mentions(_ words: [AnnotatedWord]) -> [(head: Int, entity: Int)] {
    var mentions: [(head: Int, entity: Int)] = []
    var first = 0
    while first < words.count {
      guard let entity = words[first].entity else {
        first += 1
        continue
      }
      var end = first + 1
      while end < words.count, words[end].entity == entity,
        words[end].sentence == words[first].sentence
      {
        end += 1
      }
      let run = first..<end
      let head = run.first { word in words[word].head.map { !run.contains($0) } ?? true }
      mentions.append((head ?? end - 1, entity))
      first = end
    }
    return mentions
  }

  private static func reads(_ word: AnnotatedWord) -> String {
    (word.lemma ?? word.text).lowercased()
  }

  private static func group(_ word: AnnotatedWord) -> String {
    switch word.partOfSpeech {
    case "PRON": "pronoun"
    case "PROPN": "name"
    default: "noun"
    }
  }
}
