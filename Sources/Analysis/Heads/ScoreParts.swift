import Foundation
import Transformers

/// Why one query looks at one key: the score that enters the softmax as the sum over what the query
/// is made of and what the key is made of.
///
/// Query and key are linear in the stream once the norm's deviation is what it was in the run, so a
/// score is the sum of one number for each pair of summands (Elhage et al., 2021; in the first layer
/// of a model with position rows these are token·token, token·position, position·token and
/// position·position). Behind a rotation the numbers hold for the offset of this pair.
public struct ScoreParts: Sendable {
  /// The head.
  public var place: HeadPlace
  /// The position that looks.
  public var query: Int
  /// The position that is looked at.
  public var key: Int
  /// What the query is made of.
  public var queryParts: [StreamPart]
  /// What the key is made of.
  public var keyParts: [StreamPart]
  /// The numbers, [query part][key part].
  public var scores: [[Double]]
  /// The same less their mean over all keys that the query sees: what tells this key from the others.
  ///
  /// A softmax does not notice what all keys have in common.
  public var overMean: [[Double]]
  /// What a linear bias adds for the distance (ALiBi); nil where there is none.
  public var slope: Double?
  /// What scores are squeezed to by tanh behind the sum; nil where they are not.
  public var softCap: Double?
  /// Whether queries and keys are turned by their positions.
  public var isRotated: Bool
  /// The score as the model computed it.
  public var score: Double
  /// How much of its attention the query gives to the key.
  public var attention: Double
  /// How many keys the query sees.
  public var visibleCount: Int

  /// The sum of all numbers, behind cap and slope: equals `score` to rounding, unless interventions
  /// change scores.
  public var total: Double {
    let sum = scores.reduce(0) { $0 + $1.reduce(0, +) }
    return (softCap.map { $0 * Foundation.tanh(sum / $0) } ?? sum) + (slope ?? 0)
  }

  /// How finely summands are told apart.
  public enum Grain: String, Sendable, CaseIterable {
    /// Token, position, attention, MLP.
    case kind
    /// Each layer's attention and MLP.
    case layer
    /// Each head.
    case head
  }

  /// The same with summands put together.
  public func grouped(by grain: Grain) -> ScoreParts {
    let (rows, rowNames) = Self.groups(queryParts, grain)
    let (columns, columnNames) = Self.groups(keyParts, grain)
    func merged(_ values: [[Double]]) -> [[Double]] {
      var result = [[Double]](
        repeating: [Double](repeating: 0, count: columnNames.count), count: rowNames.count)
      for (row, line) in values.enumerated() {
        for (column, value) in line.enumerated() { result[rows[row]][columns[column]] += value }
      }
      return result
    }
    var parts = self
    parts.queryParts = rowNames
    parts.keyParts = columnNames
    parts.scores = merged(scores)
    parts.overMean = merged(overMean)
    return parts
  }

  private static func groups(_ parts: [StreamPart], _ grain: Grain) -> ([Int], [StreamPart]) {
    var names: [StreamPart] = []
    let places = parts.map { part in
      let group = part.group(grain)
      if let known = names.firstIndex(of: group) { return known }
      names.append(group)
      return names.count - 1
    }
    return (places, names)
  }
}

extension StreamPart {
  fileprivate func group(_ grain: ScoreParts.Grain) -> StreamPart {
    switch (grain, self) {
    case (.layer, .head(let place)): .attention(place.layerKey)
    case (.kind, .head), (.kind, .attention): .anyAttention
    case (.kind, .mlp): .anyMLP
    default: self
    }
  }
}
