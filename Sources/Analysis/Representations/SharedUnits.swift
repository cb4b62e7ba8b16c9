import Faults
import Statistics
import Tensors
import Transformers

/// What several models read in the same texts: tokens where they all cut the texts alike, else words,
/// each the mean of its pieces.
struct SharedUnits: Sendable {
  /// Whether units are words.
  let isByWord: Bool
  /// The sentence of each unit.
  let sentences: [Int]
  /// For each model what it reads of the units.
  let readings: [Reading]

  /// The tokens of all units of a model in order, and how many belong to each.
  struct Reading: Sendable {
    var tokens: [CorpusToken]
    var counts: [Int]
  }

  /// Units of the same texts in several models.
  ///
  /// - Parameters:
  ///   - corpora: The texts as each model reads them, in the same order.
  ///   - most: The most units; they are drawn at random.
  /// - Throws: `Fault` when the models cut the texts differently and nobody has cut the texts
  ///   into words.
  init(_ corpora: [CorpusTokens], most: Int, seed: UInt64) throws(Fault) {
    var pieces = corpora.map { corpus in Self.pieces(corpus) { corpus.range(of: $0) } }
    isByWord = !pieces.allSatisfy { Set($0.keys) == Set(pieces[0].keys) }
    if isByWord {
      pieces = corpora.map { corpus in Self.pieces(corpus) { corpus.word(of: $0)?.range } }
    }
    let everywhere = pieces.dropFirst().reduce(Set(pieces.first.map { Array($0.keys) } ?? [])) {
      $0.intersection($1.keys)
    }
    let all = everywhere.sorted()
    guard !all.isEmpty else {
      throw Fault(
        "no-shared-units",
        "the models cut the texts into different tokens, and the texts are not cut into words",
        help: "give a corpus that has words, such as   corpus \"english\" count: 1000")
    }
    var random = SeededGenerator(seed: seed, name: "units")
    let drawn = random.sample(most, of: all.count).map { all[$0] }
    sentences = drawn.map(\.row)
    readings = pieces.map { own in
      let tokens = drawn.map { own[$0] ?? [] }
      return Reading(tokens: tokens.flatMap { $0 }, counts: tokens.map(\.count))
    }
  }

  /// A stretch of a text, or of the second of a pair.
  private struct Place: Hashable, Comparable {
    var row: Int
    var isSecond: Bool
    var start: Int
    var end: Int

    static func < (one: Place, other: Place) -> Bool {
      (one.row, one.isSecond ? 1 : 0, one.start, one.end)
        < (other.row, other.isSecond ? 1 : 0, other.start, other.end)
    }
  }

  /// The tokens of each stretch of text, where `stretch` gives one for a token.
  private static func pieces(
    _ corpus: CorpusTokens, _ stretch: (CorpusToken) -> Range<Int>?
  ) -> [Place: [CorpusToken]] {
    var pieces: [Place: [CorpusToken]] = [:]
    for token in corpus.tokens {
      guard let range = stretch(token) else { continue }
      let place = Place(
        row: token.row, isSecond: corpus.written(token.row)[token.position].origin == .pair,
        start: range.lowerBound, end: range.upperBound)
      pieces[place, default: []].append(token)
    }
    return pieces
  }
}

extension SharedUnits.Reading {
  /// The mean of each unit's vectors, [unit, width].
  func means(_ vectors: Tensor<Float>) -> Tensor<Float> {
    guard counts.contains(where: { $0 != 1 }) else { return vectors }
    let width = vectors.shape[1]
    var means = [Float](repeating: 0, count: counts.count * width)
    vectors.withElements { elements in
      var token = 0
      for (unit, count) in counts.enumerated() {
        for _ in 0..<count {
          for column in 0..<width {
            means[unit * width + column] += elements[token * width + column] / Float(count)
          }
          token += 1
        }
      }
    }
    return Tensor(vectors.axes, [counts.count, width], means)
  }
}
