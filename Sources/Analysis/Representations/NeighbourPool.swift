import Faults
import Foundation
import Tensors
import Transformers

/// The tokens among which neighbours are looked for, and what they may share.
struct NeighbourPool: Sendable {
  /// The tokens.
  let tokens: [CorpusToken]
  /// The sentence of each: its own are no neighbours.
  let sentences: [Int]
  /// The type of each where neighbours must be of one type; nil where they need not.
  let classes: [Int]?
  let typeCount: Int
  let each: Int
  private let property: Preservation.Property
  private let values: [Int]

  init(_ corpus: some TokenFacts, _ options: Preservation.Options) throws(Fault) {
    property = options.property
    var names: [String: Int] = [:]
    let known = corpus.tokens.map { corpus.value(of: $0, options.property, &names) }
    var labels = zip(corpus.tokens, known).map { token, value in value == nil ? nil : token.id }
    let isPosition = property == .position
    if isPosition { labels = Self.movable(labels, known) }
    let sample = EqualSample(
      labels, strata: isPosition ? Self.lengths(corpus.tokens, labels) : nil,
      classes: options.types, least: options.neighbours + 1, most: options.each,
      seed: options.seed)
    guard !sample.classes.isEmpty, property != .token || sample.classes.count > 1 else {
      throw Fault(
        "too-few-tokens",
        "too few types with a known \(options.property.rawValue) occur more often than the "
          + "\(options.neighbours) neighbours that are looked for",
        help: "give a larger corpus, or ask for fewer neighbours")
    }
    tokens = sample.places.map { corpus.tokens[$0] }
    sentences = tokens.map(\.row)
    values = sample.places.compactMap { known[$0] }
    classes = property == .token ? nil : tokens.map(\.id)
    typeCount = sample.classes.count
    each = sample.each
  }

  /// What neighbours that are drawn at random score, and which share of tokens they hit.
  func chance(_ neighbours: Int) -> (score: Double, hits: Double?) {
    let members = Dictionary(grouping: tokens.indices) { classes?[$0] ?? 0 }
    var scores: [Double] = []
    var hits: [Double] = []
    for own in members.values.sorted(by: { $0[0] < $1[0] }) {
      let everywhere = Counts(own.map { values[$0] })
      let bySentence = Dictionary(grouping: own) { sentences[$0] }.mapValues { places in
        Counts(places.map { values[$0] })
      }
      for place in own {
        guard let near = bySentence[sentences[place]], everywhere.total > near.total else {
          continue
        }
        let share = score(values[place], everywhere, near)
        scores.append(share)
        hits.append(1 - pow(1 - share, Double(neighbours)))
      }
    }
    return (scores.mean, property == .position ? nil : hits.mean)
  }

  /// How neighbours that were found score: a number for each token that has any.
  func scores(_ found: [[Int]]) -> Scores {
    var scores = Scores(places: [], values: [], hits: nil)
    var hits = 0
    for (place, near) in found.enumerated() where !near.isEmpty {
      let own = near.map { score(values[place], values[$0]) }
      scores.places.append(place)
      scores.values.append(own.mean)
      hits += own.contains { $0 > 0 } ? 1 : 0
    }
    if property != .position { scores.hits = Double(hits) / Double(max(scores.places.count, 1)) }
    return scores
  }

  struct Scores {
    var places: [Int]
    var values: [Double]
    var hits: Double?
  }

  private func score(_ own: Int, _ other: Int) -> Double {
    property == .position ? Double(abs(own - other)) : own == other ? 1 : 0
  }

  /// The mean score against everybody outside of the own sentence.
  private func score(_ own: Int, _ everywhere: Counts, _ near: Counts) -> Double {
    let total = Double(everywhere.total - near.total)
    guard property == .position else {
      return Double(everywhere[own] - near[own]) / total
    }
    let sum = everywhere.counts.reduce(0.0) { $0 + score(own, $1.key) * Double($1.value) }
    let spared = near.counts.reduce(0.0) { $0 + score(own, $1.key) * Double($1.value) }
    return (sum - spared) / total
  }

  /// The quarter of the lengths of texts that each token's text is in: among short texts positions lie
  /// near each other, whatever vectors know of them.
  private static func lengths(_ tokens: [CorpusToken], _ labels: [Int?]) -> [Int] {
    var last: [Int: Int] = [:]
    for token in tokens { last[token.row] = max(last[token.row] ?? 0, token.position) }
    let lengths = tokens.map { last[$0.row] ?? 0 }
    let sorted = zip(lengths, labels).compactMap { $1 == nil ? nil : $0 }.sorted()
    let bounds = sorted.isEmpty ? [] : (1...3).map { sorted[$0 * sorted.count / 4] }
    return lengths.map { length in bounds.count { $0 < length } }
  }

  /// The labels without those of types that stand at one position only.
  private static func movable(_ labels: [Int?], _ positions: [Int?]) -> [Int?] {
    var seen: [Int: Set<Int>] = [:]
    for case (let label?, let position?) in zip(labels, positions) {
      seen[label, default: []].insert(position)
    }
    return labels.map { label in label.flatMap { (seen[$0]?.count ?? 0) > 1 ? $0 : nil } }
  }
}

/// How often each value stands in a list.
private struct Counts {
  private(set) var counts: [Int: Int] = [:]
  let total: Int

  init(_ values: [Int]) {
    total = values.count
    for value in values { counts[value, default: 0] += 1 }
  }

  subscript(_ value: Int) -> Int { counts[value] ?? 0 }
}

extension TokenFacts {
  /// What a token has of a property, as a number; nil where it has none.
  ///
  /// - Parameter names: The numbers that names have so far.
  fileprivate func value(
    of token: CorpusToken, _ property: Preservation.Property, _ names: inout [String: Int]
  ) -> Int? {
    switch property {
    case .token: return token.id
    case .position: return token.position
    case .left: return id(beside: token, at: -1)
    case .right: return id(beside: token, at: 1)
    case .deprel: return word(of: token)?.relation.map { Self.number($0, &names) }
    case .upos, .uposLeft, .uposRight, .uposAround:
      var parts = [word(of: token)?.partOfSpeech]
      if property == .uposLeft || property == .uposAround {
        parts.insert(word(beside: token, at: -1)?.partOfSpeech, at: 0)
      }
      if property == .uposRight || property == .uposAround {
        parts.append(word(beside: token, at: 1)?.partOfSpeech)
      }
      let known = parts.compactMap { $0 }
      return known.count < parts.count
        ? nil : Self.number(known.joined(separator: " "), &names)
    }
  }

  private static func number(_ name: String, _ names: inout [String: Int]) -> Int {
    if let known = names[name] { return known }
    names[name] = names.count
    return names.count - 1
  }
}

extension [Double] {
  /// Their mean; NaN where there are none.
  var mean: Double { isEmpty ? .nan : reduce(0, +) / Double(count) }
}
