import Foundation
import Tensors

/// How near points are to each other as probabilities: Gaussian around each point, as wide as lets
/// it see `perplexity` neighbours, made symmetric and summing to 1.
struct NeighborAffinities: Sendable {
  /// Where the neighbours of each point begin in `neighbors`, and one entry more.
  let starts: [Int]
  let neighbors: [Int32]
  let values: [Double]
  /// Σ p ln p.
  let negativeEntropy: Double

  /// - Parameter neighborCount: how many nearest points are looked at; all when it is one less than
  ///   there are points.
  init(_ points: Matrix, perplexity: Double, neighborCount: Int) throws(StatisticsError) {
    let nearest = try NearestNeighbors(points, count: neighborCount)
    let rows = Workers.map(points.rows) { point in
      Self.conditional(Array(nearest.squaredDistances(of: point)), perplexity)
    }
    // p(j|i) + p(i|j), over 2n. Neighbours are not mutual: the transpose is gathered first.
    let count = points.rows
    var pairs = [[(place: Int32, value: Double)]](repeating: [], count: count)
    for point in 0..<count {
      if Workers.cancellation() { throw .interrupted }
      for (other, value) in zip(nearest.indices(of: point), rows[point]) {
        pairs[point].append((Int32(other), value))
        pairs[other].append((Int32(point), value))
      }
    }
    var (starts, neighbors, values) = ([0], [Int32](), [Double]())
    var sum = 0.0
    for point in 0..<count {
      if Workers.cancellation() { throw .interrupted }
      pairs[point].sort { $0.place < $1.place }
      for (place, value) in pairs[point] {
        let share = value / (2 * Double(count))
        if neighbors.count > starts[point], neighbors.last == place {
          values[values.count - 1] += share
        } else {
          neighbors.append(place)
          values.append(share)
        }
      }
      starts.append(neighbors.count)
    }
    for value in values where value > 0 { sum += value * Foundation.log(value) }
    self.starts = starts
    self.neighbors = neighbors
    self.values = values
    negativeEntropy = sum
  }

  /// Finds the width at which the entropy is that of `perplexity` equally likely neighbours.
  private static func conditional(_ squares: [Double], _ perplexity: Double) -> [Double] {
    let target = Foundation.log(min(perplexity, Double(squares.count)))
    // Only differences count, and the least keeps exponentials from vanishing all together.
    let least = squares.min() ?? 0
    let mean = squares.reduce(0) { $0 + $1 - least } / Double(squares.count)
    var (precision, low, high) = (mean > 0 ? 1 / mean : 1, 0.0, Double.infinity)
    var shares = [Double](repeating: 0, count: squares.count)
    for _ in 0..<200 where !Workers.cancellation() {
      var (total, weighted) = (0.0, 0.0)
      for place in squares.indices {
        let distance = squares[place] - least
        shares[place] = Foundation.exp(-precision * distance)
        total += shares[place]
        weighted += shares[place] * distance
      }
      for place in shares.indices { shares[place] /= total }
      let entropy = Foundation.log(total) + precision * weighted / total
      if abs(entropy - target) < 1e-8 { break }
      if entropy > target {
        low = precision
        precision = high.isFinite ? (low + high) / 2 : 2 * precision
      } else {
        high = precision
        precision = (low + high) / 2
      }
    }
    return shares
  }
}
