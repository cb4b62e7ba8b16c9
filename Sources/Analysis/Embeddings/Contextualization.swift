import Faults
import Statistics
import Tensors
import Transformers

/// How far the vectors of an ambiguous word part by its senses, layer by layer.
public struct Contextualization: Sendable {
  /// What one stream tells.
  public struct Reading: Sendable {
    /// The stream.
    public var address: Address
    /// The mean cosine of random pairs of tokens there: how much all vectors lean the same way
    /// (Ethayarajh, 2019).
    public var baseline: Double
    /// Cosines of occurrences of one word with the same sense, with different senses, and the
    /// difference with its interval and its test against exchanged senses.
    public var contrast: PairContrast

    /// The mean cosine within senses, less the baseline.
    public var within: Double { contrast.within - baseline }
    /// The mean cosine across senses, less the baseline.
    public var across: Double { contrast.between - baseline }
  }

  /// The streams from the first on.
  public var readings: [Reading]
  /// How many occurrences each sense has, by word and sense.
  public var counts: [(word: String, sense: String, count: Int)]
  /// How many vectors had no direction and were left out.
  public var skipped: Int
}

extension Experiment {
  /// Compares the occurrences of ambiguous words by their senses.
  ///
  /// - Parameters:
  ///   - most: At most so many occurrences of a word, drawn at random.
  ///   - pairs: How many random pairs of tokens the baseline is made of.
  /// - Throws: `Fault` when no word stands in two senses, one of them twice; as a run; and what
  ///   `progress` throws.
  public func contextualization(
    of occurrences: [WordOccurrence], in rows: [AnnotatedRow], most: Int = 200,
    pairs: Int = 1000, seed: UInt64,
    progress: (Int, Int) throws(Fault) -> Void = { _, _ in }
  ) throws(Fault) -> Contextualization {
    let words = Self.comparable(occurrences, most: most, seed: seed)
    guard !words.isEmpty else {
      throw Fault(
        "too-few", "no word stands in two senses, one of them twice",
        help: #"give more texts, such as   corpus "english" count: 400 kinds: "sense""#)
    }
    let chosen = words.flatMap { $0 }
    let plan = SamplePlan(chosen, rows, pairs: pairs, seed: seed)
    let stack = model.description.stacks[0]
    let layers = model.description.blocks(of: stack).count
    let sites =
      [Site(.residPre, layer: 0, stack: stack)]
      + (0..<layers).map { Site(.residPost, layer: $0, stack: stack) }
    let vectors = try vectors(
      of: rows, at: sites, positions: plan.positions, progress: progress)
    var skipped = 0
    var readings: [Contextualization.Reading] = []
    for (place, site) in sites.enumerated() {
      let moment: Address.Moment = site.kind == .residPre ? .pre : .post
      let address = Address(
        stack: model.description.addressed(stack), layers: .one(site.layer),
        part: .resid(moment))
      var blocks: [PairContrast.Block] = []
      for word in words {
        let (block, missing) = plan.block(of: word, vectors[place])
        blocks.append(block)
        skipped += place == 0 ? missing : 0
      }
      readings.append(
        Contextualization.Reading(
          address: address, baseline: plan.baseline(vectors[place]),
          contrast: PairContrast(
            blocks, units: rows.count,
            permutations: PermutationTest.permutations(lines: sites.count), seed: seed)))
    }
    return Contextualization(
      readings: readings, counts: Self.counts(chosen), skipped: skipped)
  }

  /// Occurrences word by word, of words that stand in two senses, one of them twice.
  private static func comparable(_ occurrences: [WordOccurrence], most: Int, seed: UInt64)
    -> [[WordOccurrence]]
  {
    var generator = SeededGenerator(seed: seed, name: "occurrences")
    let words = Dictionary(grouping: occurrences, by: \.word)
    return words.keys.sorted().compactMap { word in
      let all = words[word] ?? []
      let chosen = generator.sample(most, of: all.count).map { all[$0] }
      let senses = Dictionary(grouping: chosen, by: \.sense)
      return senses.count > 1 && senses.values.contains { $0.count > 1 } ? chosen : nil
    }
  }

  private static func counts(_ chosen: [WordOccurrence])
    -> [(word: String, sense: String, count: Int)]
  {
    var counts: [(word: String, sense: String, count: Int)] = []
    for (word, own) in Dictionary(grouping: chosen, by: \.word).sorted(by: { $0.key < $1.key }) {
      for (sense, all) in Dictionary(grouping: own, by: \.sense).sorted(by: { $0.key < $1.key }) {
        counts.append((word, sense, all.count))
      }
    }
    return counts
  }
}

/// Which positions are captured, and where in them the occurrences and the random tokens lie.
private struct SamplePlan {
  /// The positions of each row.
  private(set) var positions: [[Int]]
  /// Random pairs of tokens, each a row and the place among its positions.
  private var pairs: [(Token, Token)] = []

  private typealias Token = (row: Int, place: Int)

  init(_ occurrences: [WordOccurrence], _ rows: [AnnotatedRow], pairs count: Int, seed: UInt64) {
    var wanted = rows.map { _ in Set<Int>() }
    for occurrence in occurrences { wanted[occurrence.row].formUnion(occurrence.positions) }
    let plain = rows.enumerated().flatMap { index, row in
      row.tokens.indices.filter { row.tokens[$0].origin != .template }.map { (index, $0) }
    }
    var generator = SeededGenerator(seed: seed, name: "random tokens")
    let pool = generator.sample(Self.poolSize, of: plain.count).map { plain[$0] }
    for (row, position) in pool { wanted[row].insert(position) }
    positions = wanted.map { $0.sorted() }
    guard pool.count > 1 else { return }
    pairs = (0..<count).map { _ in
      let first = generator.index(below: pool.count)
      let second = generator.index(below: pool.count - 1)
      return (token(pool[first]), token(pool[second < first ? second : second + 1]))
    }
  }

  /// Tokens of which random pairs are made.
  private static let poolSize = 500

  private func token(_ place: (Int, Int)) -> Token {
    (place.0, positions[place.0].firstIndex(of: place.1) ?? 0)
  }

  /// The mean cosine of the random pairs.
  func baseline(_ vectors: [Matrix]) -> Double {
    var (sum, count) = (0.0, 0.0)
    for (first, second) in pairs {
      let value = vectorCosine(
        Array(vectors[first.row].row(first.place)), Array(vectors[second.row].row(second.place)))
      if !value.isNaN { (sum, count) = (sum + value, count + 1) }
    }
    return count == 0 ? .nan : sum / count
  }

  /// The occurrences of a word as items; a word of several tokens is the mean of their vectors.
  func block(of word: [WordOccurrence], _ vectors: [Matrix]) -> (PairContrast.Block, Int) {
    var rows: [[Double]] = []
    var kept: [WordOccurrence] = []
    for occurrence in word {
      let own = vectors[occurrence.row]
      var mean = [Double](repeating: 0, count: own.columns)
      for position in occurrence.positions {
        let place = positions[occurrence.row].firstIndex(of: position) ?? 0
        for (column, number) in own.row(place).enumerated() { mean[column] += number }
      }
      let length = length(mean)
      guard length >= 1e-12, length.isFinite else { continue }
      rows.append(mean.map { $0 / length })
      kept.append(occurrence)
    }
    let senses = Array(Set(kept.map(\.sense))).sorted()
    let block = PairContrast.Block(
      similarities: Matrix(rows).rowProducts,
      groups: kept.map { senses.firstIndex(of: $0.sense) ?? 0 }, units: kept.map(\.row))
    return (block, word.count - kept.count)
  }
}
