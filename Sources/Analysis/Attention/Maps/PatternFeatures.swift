import Foundation
import Statistics
import Tensors

/// The five kinds of map that are told apart (Kovaleva et al., 2019).
public enum PatternClass: String, Sendable, Hashable, CaseIterable {
  /// Most goes to one or two tokens, whoever asks.
  case vertical
  /// Most goes to the token itself and its neighbours.
  case diagonal
  /// Both.
  case mixed = "vertical+diagonal"
  /// Most stays within the own segment.
  case block
  /// None of these.
  case heterogeneous
}

/// What decides the class of a map.
///
/// Each number is corrected for chance: 0 is what uniform attention gives in a row of that length, 1
/// is all of the attention. Long rows need no correction; in short ones a few columns and the
/// diagonal hold much of any map.
public struct PatternFeatures: Sendable, Hashable {
  /// What the two columns that get most get.
  public let vertical: Double
  /// What tokens give to themselves and their neighbours.
  public let diagonal: Double
  /// What stays within the segment; NaN where there is one segment.
  public let block: Double

  /// The features of a map of a row of queries and keys at the same positions.
  ///
  /// - Parameters:
  ///   - supports: The keys that each query may see.
  ///   - segments: The segment of each position; nil where there is one.
  public init(_ map: Matrix, supports: [Range<Int>], segments: [Int]? = nil) {
    self.init(
      map, chance: Raw(Matrix(uniformOver: supports, columns: map.columns), supports, segments),
      supports: supports, segments: segments)
  }

  init(_ map: Matrix, chance: Raw, supports: [Range<Int>], segments: [Int]?) {
    let raw = Raw(map, supports, segments)
    func corrected(_ value: Double, _ chance: Double) -> Double {
      1 - chance < 1e-12 ? .nan : (value - chance) / (1 - chance)
    }
    vertical = corrected(raw.vertical, chance.vertical)
    diagonal = corrected(raw.diagonal, chance.diagonal)
    block = segments == nil ? .nan : corrected(raw.block, chance.block)
  }

  /// The class.
  ///
  /// The bounds are those of the vertical and diagonal shares that the five kinds are made of; a map
  /// is a block when three fifths of what uniform attention sends out of a segment stay inside.
  public var kind: PatternClass {
    if block > 0.6 && diagonal < 0.5 { return .block }
    if vertical > 0.5 && diagonal < 0.25 { return .vertical }
    if diagonal > 0.5 && vertical < 0.25 { return .diagonal }
    if vertical > 0.25 && diagonal > 0.25 && vertical + diagonal > 0.6 { return .mixed }
    return .heterogeneous
  }

  /// The same numbers before they are corrected.
  struct Raw {
    let vertical: Double
    let diagonal: Double
    let block: Double

    init(_ map: Matrix, _ supports: [Range<Int>], _ segments: [Int]?) {
      // The mean of a column goes over the queries that may see it; columns that fewer than half of
      // the queries see are no verticals.
      var seen = [Int](repeating: 0, count: map.columns)
      for support in supports { for key in support { seen[key] += 1 } }
      let means = zip(map.columnMeans, seen).map { mean, count in
        2 * count < map.rows ? 0 : mean * Double(map.rows) / Double(count)
      }
      vertical = means.sorted(by: >).prefix(2).reduce(0, +)
      let places = Array(0..<map.rows)
      diagonal = Self.mean(
        places.map { query in
          supports[query].filter { abs($0 - query) <= 1 }.reduce(0) { $0 + map[query, $1] }
        })
      block =
        segments.map { segments in
          let members = Dictionary(grouping: segments.indices) { segments[$0] }
          let sums = members.mapValues { map.rowSums(over: $0) }
          return Self.mean(places.map { sums[segments[$0]]?[$0] ?? 0 })
        } ?? .nan
    }

    private static func mean(_ values: [Double]) -> Double {
      values.reduce(0, +) / Double(max(values.count, 1))
    }
  }
}
