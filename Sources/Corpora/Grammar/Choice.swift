import Foundation
import Tensors

/// A distribution over a fixed list, with the logarithm of each probability at hand.
struct Choice<Element: Sendable>: Sendable {
  let elements: [Element]
  /// The sums of the probabilities up to and including each element.
  private let sums: [Double]
  let probabilities: [Double]
  let logarithms: [Double]

  /// A distribution proportional to `weights`.
  init(_ elements: [Element], weights: [Double]) {
    let total = weights.reduce(0, +)
    self.elements = elements
    probabilities = weights.map { $0 / total }
    logarithms = probabilities.map { Foundation.log($0) }
    var sum = 0.0
    sums = probabilities.map {
      sum += $0
      return sum
    }
  }

  /// Zipf's law: the element of rank r has a weight of 1 / (r + shift).
  init(zipf elements: [Element], shift: Double = 0) {
    self.init(elements, weights: elements.indices.map { 1 / (Double($0 + 1) + shift) })
  }

  /// A distribution from pairs of an element and its weight.
  init(_ pairs: KeyValuePairs<Element, Double>) {
    self.init(pairs.map(\.key), weights: pairs.map(\.value))
  }

  /// The index of the element that `point`, from [0, 1), falls on.
  func index(at point: Double) -> Int {
    var low = 0
    var high = sums.count - 1
    while low < high {
      let middle = (low + high) / 2
      if point < sums[middle] { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// Its entropy in nats.
  var entropy: Double {
    zip(probabilities, logarithms).reduce(0) { $1.0 > 0 ? $0 - $1.0 * $1.1 : $0 }
  }
}
