import Foundation
import Tensors
import Transformers

/// What tokens are sorted by when one asks which class looks at which.
public enum TokenClass: String, Sendable, CaseIterable {
  /// The part of speech of the token's word.
  case partOfSpeech = "pos"
  /// The relation of the token's word to its head.
  case relation
  /// How often the token comes in the texts: once, up to 3, 10, 30, 100 times, or more.
  case frequency
  /// The token itself, of the tokens that come most often: what heads for the same token sort by.
  case token
  /// The sentence of a text, or the part of a pair.
  case segment
  /// Whether the token comes from the tokenizer's template or from the text.
  case special
}

/// How much the class of a query tells about the class of the key that it looks at, in nats.
public struct ClassInformation: Sendable, Hashable {
  /// I(Q; K | distance) under the head's attention.
  public let raw: Double
  /// The mean of the same with the classes of each text's keys in random order.
  public let null: Double
  /// The same for a head that tells no keys apart but looks as far away as this one does: what words
  /// that stand so far apart have to do with each other anyway.
  public let text: Double

  /// What is left without the null.
  public var corrected: Double { raw - null }
}

/// Adds up which class looks at which, distance by distance.
struct ClassSums {
  private static let shuffles = 5
  private static let bins = 9
  private let names: [String]
  private let counts: [Int: Int]
  private let sortedBy: TokenClass
  private let framing: AttentionFraming
  /// For each head, the attention that falls on [bin, query class, key class]; then the same with
  /// shuffled classes.
  private var masses: [[Double]]
  private var shuffled: [[Double]]
  /// How many pairs there are, whatever looks at them, each row weighing one.
  private var pairs: [Double]
  private var random: SeededGenerator

  init(
    _ heads: HeadSelection, by sortedBy: TokenClass, rows: [AnnotatedRow],
    framing: @escaping AttentionFraming, seed: UInt64
  ) {
    self.sortedBy = sortedBy
    self.framing = framing
    var counts: [Int: Int] = [:]
    var found: Set<String> = []
    for row in rows {
      for token in row.tokens { counts[token.id, default: 0] += 1 }
      if row.row.source != nil { for token in row.row.tokens { counts[token.id, default: 0] += 1 } }
    }
    self.counts = counts
    for row in rows {
      for word in row.text.words + row.text.targetWords {
        switch sortedBy {
        case .partOfSpeech: found.insert(word.partOfSpeech ?? Self.unknown)
        case .relation: found.insert(word.relation ?? Self.unknown)
        case .frequency, .token, .segment, .special: break
        }
      }
    }
    switch sortedBy {
    case .frequency: found.formUnion((0..<6).map(String.init))
    case .token:
      let ranked = counts.keys.sorted { (counts[$0] ?? 0, $1) > (counts[$1] ?? 0, $0) }
      found.formUnion(ranked.prefix(Self.mostTokens).map(String.init))
    case .segment:
      let sentences = rows.map { max($0.text.sentenceCount, 1) }.max() ?? 1
      found.formUnion((0..<min(sentences, Self.mostTokens)).map(String.init) + [Self.pair])
    case .partOfSpeech, .relation, .special: break
    }
    names = [Self.templateName, Self.unknown] + found.subtracting([Self.unknown]).sorted()
    let size = Self.bins * names.count * names.count
    masses = Array(repeating: Array(repeating: 0, count: size), count: heads.count)
    shuffled = Array(
      repeating: Array(repeating: 0, count: size * Self.shuffles), count: heads.count)
    pairs = Array(repeating: 0, count: size)
    random = SeededGenerator(seed: seed, name: "shuffled classes")
  }

  private static let templateName = "special", unknown = "_", pair = "pair"
  /// How many tokens, or sentences, have a class of their own.
  private static let mostTokens = 32

  /// The class of each token of a side.
  private func classes(_ tokens: AttentionTokens, _ row: AttentionRow, isTarget: Bool) -> [Int] {
    let words = isTarget ? row.row.text.targetWords : row.row.text.words
    let places = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
    return tokens.tokens.indices.map { position in
      if tokens.isSpecial(position) { return 0 }
      let word = tokens.words[position].map { words[$0] }
      let name: String?
      switch sortedBy {
      case .partOfSpeech: name = word?.partOfSpeech
      case .relation: name = word?.relation
      case .frequency:
        let count = counts[tokens.tokens[position].id] ?? 0
        name = "\([1, 3, 10, 30, 100].firstIndex { count <= $0 } ?? 5)"
      case .token: name = "\(tokens.tokens[position].id)"
      case .segment:
        let token = tokens.tokens[position]
        name =
          token.type > 0 || token.origin == .pair
          ? Self.pair : word.map { "\($0.sentence)" }
      case .special: name = nil
      }
      return name.flatMap { places[$0] } ?? 1
    }
  }

  /// How far a key stands away: behind by 5 or more, 3 or 4, 2, 1; the query itself; in front.
  private static func bin(_ offset: Int) -> Int {
    let size = abs(offset)
    let step = size == 0 ? 0 : size == 1 ? 1 : size == 2 ? 2 : size <= 4 ? 3 : 4
    return 4 + (offset < 0 ? -step : step)
  }

  mutating func add(_ row: AttentionRow) {
    let frame = framing(row)
    let hasTwo = row.row.row.source != nil
    let onTarget = hasTwo && row.heads.stack == .decoder
    let queries = classes(row.queries, row, isTarget: onTarget)
    let keys = classes(row.keys, row, isTarget: onTarget && !row.heads.isCross)
    let own = frame.keys.map { keys[$0] }
    let orders = (0..<Self.shuffles).map { _ in own.shuffled(using: &random) }
    let size = names.count
    let views = masses.indices.map { frame.view(of: row.pattern($0)).rows }
    for (place, query) in frame.queries.enumerated() {
      let support = frame.supports[place]
      guard !support.isEmpty else { continue }
      let start = queries[query] * size
      for key in support {
        let bin = Self.bin(frame.keys[key] - query) * size * size + start
        pairs[bin + own[key]] += 1 / Double(support.count)
        for head in views.indices {
          let weight = views[head][place, key]
          guard weight > 0 else { continue }
          masses[head][bin + own[key]] += weight
          for (shuffle, order) in orders.enumerated() {
            shuffled[head][shuffle * pairs.count + bin + order[key]] += weight
          }
        }
      }
    }
  }

  /// The information of each head.
  func results() -> [ClassInformation] {
    let base = informations(pairs)
    return masses.indices.map { head in
      let own = informations(masses[head])
      let total = own.reduce(0) { $0 + $1.mass }
      guard total > 1e-12 else { return ClassInformation(raw: .nan, null: .nan, text: .nan) }
      func mean(_ parts: [(mass: Double, information: Double)]) -> Double {
        zip(own, parts).reduce(0) { $0 + $1.0.mass * $1.1.information } / total
      }
      let nulls = (0..<Self.shuffles).map { shuffle in
        mean(
          informations(
            Array(shuffled[head][shuffle * pairs.count..<(shuffle + 1) * pairs.count])))
      }
      return ClassInformation(
        raw: mean(own), null: nulls.reduce(0, +) / Double(nulls.count), text: mean(base))
    }
  }

  /// For each distance, what falls there and how much one class tells of the other.
  private func informations(_ joint: [Double]) -> [(mass: Double, information: Double)] {
    let size = names.count
    return (0..<Self.bins).map { bin in
      let start = bin * size * size
      var (rows, columns) = (
        [Double](repeating: 0, count: size), [Double](repeating: 0, count: size)
      )
      var mass = 0.0
      for row in 0..<size {
        for column in 0..<size {
          let value = joint[start + row * size + column]
          rows[row] += value
          columns[column] += value
          mass += value
        }
      }
      guard mass > 1e-12 else { return (0, 0) }
      var information = 0.0
      for row in 0..<size where rows[row] > 0 {
        for column in 0..<size {
          let value = joint[start + row * size + column]
          if value > 0 {
            information += value / mass * log(value * mass / (rows[row] * columns[column]))
          }
        }
      }
      return (mass, max(information, 0))
    }
  }
}
