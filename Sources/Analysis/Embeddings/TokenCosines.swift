import Faults
import Tensors
import Transformers

/// Cosines of the rows that words have in the token table, with those of random pairs of tokens
/// beside them.
public struct TokenCosines: Sendable {
  /// What two words come to.
  public struct Pair: Sendable {
    /// The places of the two words among those that were asked for.
    public var first: Int, second: Int
    /// The cosine; NaN when one of them has no direction.
    public var cosine: Double
    /// The share of random pairs whose cosine is lower; NaN with the cosine.
    public var above: Double
  }

  /// Every pair of the words, in order.
  public var pairs: [Pair]
  /// The cosines of random pairs of tokens, lowest first.
  public var random: [Double]
  /// How many of the pairs that were asked for or drawn have no cosine.
  public var skipped: Int

  /// The mean of random pairs; NaN when there are none.
  public var randomMean: Double { random.reduce(0, +) / Double(random.count) }

  /// The cosine below which a share of the random pairs lies.
  public func randomQuantile(_ share: Double) -> Double {
    guard !random.isEmpty else { return .nan }
    return random[min(Int(share * Double(random.count)), random.count - 1)]
  }
}

/// The cosine of two vectors; NaN when one of them is shorter than 1e-12, or they differ in width.
public func vectorCosine(_ a: [Double], _ b: [Double]) -> Double {
  guard a.count == b.count else { return .nan }
  var product = 0.0
  var squareA = 0.0
  var squareB = 0.0
  for (x, y) in zip(a, b) {
    product += x * y
    squareA += x * x
    squareB += y * y
  }
  let lengths = squareA.squareRoot() * squareB.squareRoot()
  return lengths < 1e-12 ? .nan : product / lengths
}

extension Runtime {
  /// Cosines between words in the token table.
  ///
  /// - Parameters:
  ///   - words: The ids of each word's pieces; a word of several is the mean of their rows.
  ///   - randomPairs: How many pairs of different tokens are drawn from the whole table.
  /// - Throws: `Fault` when an id is unknown.
  public func cosines(of words: [[Int]], randomPairs: Int, seed: UInt64)
    throws(Fault) -> TokenCosines
  {
    var generator = SeededGenerator(seed: seed, name: "random pairs of tokens")
    let size = description.vocabularySize
    let drawn = (0..<(size > 1 ? randomPairs : 0)).map { _ in
      let first = Int.random(in: 0..<size, using: &generator)
      let second = Int.random(in: 0..<size - 1, using: &generator)
      return (first, second < first ? second : second + 1)
    }
    let rows = try vectors(of: drawn.flatMap { [[$0.0], [$0.1]] })
    var random: [Double] = []
    for pair in drawn.indices {
      let value = vectorCosine(rows[2 * pair], rows[2 * pair + 1])
      if !value.isNaN { random.append(value) }
    }
    random.sort()
    let own = try vectors(of: words)
    var pairs: [TokenCosines.Pair] = []
    for first in words.indices {
      for second in words.indices where second > first {
        let value = vectorCosine(own[first], own[second])
        let below = random.count { $0 < value }
        pairs.append(
          TokenCosines.Pair(
            first: first, second: second, cosine: value,
            above: value.isNaN ? .nan : Double(below) / Double(random.count)))
      }
    }
    return TokenCosines(
      pairs: pairs, random: random,
      skipped: drawn.count - random.count + pairs.count { $0.cosine.isNaN })
  }

  /// The mean row of each word's pieces.
  private func vectors(of words: [[Int]]) throws(Fault) -> [[Double]] {
    guard !words.isEmpty else { return [] }
    let width = description.width
    let rows = try tokenRows(words.flatMap { $0 }).doubles.chunked(width)
    var next = 0
    return words.map { pieces in
      defer { next += pieces.count }
      guard pieces.count > 1 else { return rows[next] }
      var mean = [Double](repeating: 0, count: width)
      for row in rows[next..<next + pieces.count] {
        for column in 0..<width { mean[column] += row[column] / Double(pieces.count) }
      }
      return mean
    }
  }
}
