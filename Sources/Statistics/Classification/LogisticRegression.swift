import Foundation
import Tensors

/// A linear classifier of several classes, by the likelihood of the labels less a penalty on the
/// weights.
public struct LogisticRegression: Sendable {
  /// One weight for each column and class.
  public let weights: Matrix
  /// One number for each class.
  public let biases: [Double]
  /// The mean loss in nats, without the penalty.
  public let loss: Double
  /// Whether the search came to its end.
  public let isConverged: Bool

  /// Fits by L-BFGS from zero; nothing is random.
  ///
  /// Makes least Σ -ln p(label) + ridge/2 · ‖weights‖²; biases are free. Columns should have similar
  /// sizes: see `Standardisation`.
  ///
  /// - Parameters:
  ///   - labels: one for each row, from 0 to `classes` - 1; a class may be missing.
  ///   - ridge: the weight of the penalty, above 0.
  /// - Throws: `StatisticsError` for no points, another number of labels, or numbers that are not
  ///   finite.
  public init(
    _ points: Matrix, labels: [Int], classes: Int, ridge: Double = 1, iterations: Int = 300
  ) throws(StatisticsError) {
    guard points.rows > 0 else { throw .tooFew(what: "points", count: 0, least: 1) }
    guard labels.count == points.rows, labels.allSatisfy({ (0..<classes).contains($0) }) else {
      throw .shape(
        what: "the labels", expected: "[\(points.rows)] from 0 to \(classes - 1)",
        found: [labels.count])
    }
    if let row = points.firstRowNotFinite { throw .notFinite(row: row) }
    let problem = Problem(points: points, labels: labels, classes: classes, ridge: ridge)
    let found = LimitedMemoryBFGS.minimise(
      from: [Double](repeating: 0, count: (points.columns + 1) * classes), iterations: iterations,
      tolerance: 1e-6 * Double(points.rows), problem.lossAndGradient)
    let parts = problem.parts(found.point)
    weights = parts.weights
    biases = parts.biases
    loss = (found.value - problem.penalty(parts.weights)) / Double(points.rows)
    isConverged = found.isConverged
  }

  /// The probability of each class, a row for each point.
  public func probabilities(_ points: Matrix) -> Matrix {
    var scores = scores(points)
    _ = Problem.softmax(&scores)
    return scores
  }

  private func scores(_ points: Matrix) -> Matrix {
    points.times(weights).subtracting(row: biases.map { -$0 })
  }

  /// The likeliest class of each point, the first of equally likely ones.
  public func predict(_ points: Matrix) -> [Int] {
    let scores = scores(points)
    return (0..<scores.rows).map { row in
      var best = 0
      for column in 1..<max(scores.columns, 1) where scores[row, column] > scores[row, best] {
        best = column
      }
      return best
    }
  }

  /// The mean of -ln p of the labels, in nats.
  public func crossEntropy(_ points: Matrix, labels: [Int]) -> Double {
    var scores = scores(points)
    let chosen = labels.enumerated().map { scores[$0, $1] }
    let normalisers = Problem.softmax(&scores)
    return zip(normalisers, chosen).reduce(0) { $0 + $1.0 - $1.1 } / Double(labels.count)
  }

  /// What is made least, as a function of weights and biases in one list.
  private struct Problem {
    let points: Matrix
    let labels: [Int]
    let classes: Int
    let ridge: Double

    func parts(_ point: [Double]) -> (weights: Matrix, biases: [Double]) {
      let count = points.columns * classes
      return (
        Matrix(rows: points.columns, columns: classes, Array(point[..<count])),
        Array(point[count...])
      )
    }

    func penalty(_ weights: Matrix) -> Double { ridge / 2 * weights.squaredNorm }

    func lossAndGradient(_ point: [Double]) -> (Double, [Double]) {
      let (weights, biases) = parts(point)
      var scores = points.times(weights).subtracting(row: biases.map { -$0 })
      let chosen = labels.enumerated().map { scores[$0, $1] }
      let normalisers = Self.softmax(&scores)
      var loss = penalty(weights)
      for (row, label) in labels.enumerated() {
        loss += normalisers[row] - chosen[row]
        scores[row, label] -= 1
      }
      var gradient = points.times(scores, transposed: true).elements
      for place in gradient.indices { gradient[place] += ridge * weights.elements[place] }
      var sums = [Double](repeating: 0, count: classes)
      for row in 0..<scores.rows {
        for column in 0..<classes { sums[column] += scores.elements[row * classes + column] }
      }
      return (loss, gradient + sums)
    }

    /// Makes probabilities of each row's scores; returns the logarithms of the normalisers.
    static func softmax(_ scores: inout Matrix) -> [Double] {
      let width = scores.columns
      return (0..<scores.rows).map { row in
        let start = row * width
        var greatest = -Double.infinity
        for place in start..<start + width { greatest = max(greatest, scores.elements[place]) }
        var sum = 0.0
        for place in start..<start + width {
          scores.elements[place] = Foundation.exp(scores.elements[place] - greatest)
          sum += scores.elements[place]
        }
        for place in start..<start + width { scores.elements[place] /= sum }
        return greatest + Foundation.log(sum)
      }
    }
  }
}
