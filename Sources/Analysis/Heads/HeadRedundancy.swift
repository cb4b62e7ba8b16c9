import Foundation
import Statistics
import Tensors
import Transformers

/// How much the heads of one layer repeat each other: 1 − exp(H(λ)) / H, where λ are the eigenvalues
/// of the cosines between H heads as shares of their sum.
///
/// Heads that write along directions at right angles to each other give 0, H copies of one head
/// 1 − 1/H. Cosines are taken, and not products, so that a head counts as much as any other however
/// much it writes.
public struct HeadRedundancy: Sendable {
  /// The heads that count.
  public let heads: [HeadPlace]
  /// The heads that write nothing and are left out.
  public let silent: [HeadPlace]
  /// The cosine of each pair.
  public let cosines: Matrix

  /// Redundancy from the inner products of all pairs of heads.
  public init(_ heads: [HeadPlace], gram: Matrix) {
    let floor = 1e-12 * (heads.indices.map { gram[$0, $0] }.max() ?? 0)
    let kept = heads.indices.filter { gram[$0, $0] > max(floor, 1e-300) }
    self.heads = kept.map { heads[$0] }
    silent = heads.indices.filter { !kept.contains($0) }.map { heads[$0] }
    cosines = gram.cosines(of: kept)
  }

  /// The redundancy; NaN when no head writes anything.
  public var value: Double { Self.value(of: cosines) }

  /// The pair of heads that are most alike, with their cosine; nil for less than two heads.
  public var nearestPair: (first: HeadPlace, second: HeadPlace, cosine: Double)? {
    var best: (Int, Int)?
    for first in heads.indices {
      for second in heads.indices where second > first {
        guard let pair = best else {
          best = (first, second)
          continue
        }
        if abs(cosines[first, second]) > abs(cosines[pair.0, pair.1]) { best = (first, second) }
      }
    }
    return best.map { (heads[$0.0], heads[$0.1], cosines[$0.0, $0.1]) }
  }

  static func value(of cosines: Matrix) -> Double {
    guard cosines.rows > 0, let eigen = try? cosines.symmetricEigen() else { return .nan }
    let shares = eigen.values.map { max($0, 0) / Double(cosines.rows) }
    return 1 - exp(Information.entropy(shares)) / Double(cosines.rows)
  }
}

extension Matrix {
  /// The cosines between some of the vectors whose inner products these are.
  func cosines(of places: [Int]) -> Matrix {
    var result = Matrix(identity: places.count)
    for (row, first) in places.enumerated() {
      for (column, second) in places.enumerated() where row != column {
        result[row, column] =
          self[first, second] / (self[first, first] * self[second, second]).squareRoot()
      }
    }
    return result
  }
}

/// What the heads of one layer write over a corpus, as inner products summed text by text.
public struct LayerOutputs: Sendable {
  /// The heads of the layer.
  public let heads: [HeadPlace]
  /// For each text, the inner products of all pairs of heads, summed over tokens.
  public var texts: [Matrix]
  /// The same with each head's tokens in an order of its own: what is left when heads do not act
  /// together.
  public var shuffled: [Matrix]

  /// The redundancy of what is written, its interval over texts, and what is left of it when each
  /// head's tokens are put in an order of their own.
  public func redundancy(seed: UInt64) -> (value: HeadRedundancy, interval: Estimate, null: Double)
  {
    let whole = HeadRedundancy(heads, gram: Self.sum(texts))
    let null = HeadRedundancy(heads, gram: Self.sum(shuffled))
    let places = whole.heads.compactMap { heads.firstIndex(of: $0) }
    let draws = Bootstrap.counts(units: texts.count, seed: seed)
    func value(_ gram: [Double]) -> Double {
      let gram = Matrix(rows: heads.count, columns: heads.count, gram)
      return HeadRedundancy.value(of: gram.cosines(of: places))
    }
    func resampled() -> [Double] {
      let sums = draws.times(Matrix(texts.map(\.elements)))
      return (0..<sums.rows).map { value(Array(sums.row($0))) }
    }
    let all = Self.sum(texts).elements
    let interval = Estimate(
      value: whole.value, units: texts.count, resampled: resampled(),
      withoutEach: texts.map { text in value(zip(all, text.elements).map { $0 - $1 }) },
      level: 0.95
    ).within(0...1)
    return (whole, interval, null.value)
  }

  private static func sum(_ matrices: [Matrix]) -> Matrix {
    guard var sum = matrices.first else { return Matrix(zeros: 0, 0) }
    for matrix in matrices.dropFirst() {
      for place in sum.elements.indices { sum.elements[place] += matrix.elements[place] }
    }
    return sum
  }
}
