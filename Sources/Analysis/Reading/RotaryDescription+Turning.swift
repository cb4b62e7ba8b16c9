import Foundation
import Transformers

extension RotaryDescription {
  /// A query or key turned by a position, pair by pair of coordinates, in double precision.
  ///
  /// Coordinates behind the rotated width stay as they are.
  public func turned(_ vector: [Double], to position: Int) -> [Double] {
    var result = vector
    for (pair, frequency) in inverseFrequencies.enumerated() {
      let first = isInterleaved ? 2 * pair : pair
      let second = isInterleaved ? first + 1 : pair + width / 2
      guard second < vector.count else { continue }
      let angle = Double(position) * frequency
      let cosine = cos(angle) * attentionScale
      let sine = sin(angle) * attentionScale
      result[first] = vector[first] * cosine - vector[second] * sine
      result[second] = vector[second] * cosine + vector[first] * sine
    }
    return result
  }
}
