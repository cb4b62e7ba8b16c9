import Faults
import Foundation
import Tensors
import Transformers

/// How much a stack's last streams change with its first ones, by distance:
/// G(Δ) = E ‖∂h[L]_t / ∂h[0]_{t−Δ}‖, with the sums of each row for intervals over rows.
public struct GradientReach: Sendable {
  /// For each row and distance the sum of lengths.
  public private(set) var sums: Matrix
  /// For each row and distance how many pairs of positions.
  public private(set) var counts: Matrix

  /// Nothing yet, for so many rows and distances.
  public init(rows: Int, distances: Int) {
    sums = Matrix(zeros: rows, distances)
    counts = Matrix(zeros: rows, distances)
  }

  /// How many distances there are.
  public var distances: Int { sums.columns }

  mutating func add(_ length: Double, row: Int, distance: Int) {
    guard distance < distances, length.isFinite else { return }
    sums[row, distance] += length
    counts[row, distance] += 1
  }

  /// The mean over all pairs at each distance; NaN where there is none.
  public var means: [Double] {
    (0..<distances).map { distance in
      let count = counts.column(distance).reduce(0, +)
      return count == 0 ? .nan : sums.column(distance).reduce(0, +) / count
    }
  }
}

/// A falling curve as a geometric one: by which factor it falls at each step, and how well that fits.
public struct GeometricFall: Sendable {
  /// The factor.
  public var factor: Double
  /// The share of the variance of the logarithms that a straight line explains.
  public var fit: Double

  /// The least-squares line through the logarithms; NaN of fewer than three numbers above zero.
  public init(_ curve: [Double]) {
    let points = curve.enumerated().filter { $0.element > 0 && $0.element.isFinite }
      .map { (Double($0.offset), log($0.element)) }
    guard points.count > 2 else {
      (factor, fit) = (.nan, .nan)
      return
    }
    let count = Double(points.count)
    let meanX = points.reduce(0) { $0 + $1.0 } / count
    let meanY = points.reduce(0) { $0 + $1.1 } / count
    var (xx, xy, yy) = (0.0, 0.0, 0.0)
    for (x, y) in points {
      xx += (x - meanX) * (x - meanX)
      xy += (x - meanX) * (y - meanY)
      yy += (y - meanY) * (y - meanY)
    }
    factor = exp(xy / xx)
    fit = yy < 1e-12 ? .nan : xy * xy / (xx * yy)
  }
}

extension Experiment {
  /// The reach of a side over rows.
  ///
  /// Tokens that the tokenizer's template brought neither read nor are read; in a stack that looks
  /// both ways distances count to either side.
  ///
  /// - Parameters:
  ///   - targets: At most so many positions of a row are looked at from, drawn at random.
  ///   - probes: As for `jacobianLengths`.
  /// - Throws: `Fault` as a run, and what `progress` throws.
  public func gradientReach(
    _ rows: [PromptRow], of stack: Stack, distances: Int, targets: Int = 8, probes: Int? = 4,
    seed: UInt64, progress: (Int, Int) throws(Fault) -> Void = { _, _ in }
  ) throws(Fault) -> GradientReach {
    let layers = model.description.blocks(of: stack).count
    let target = Site(.residPost, layer: layers - 1, stack: stack)
    let source = Site(.residPre, layer: 0, stack: stack)
    var reach = GradientReach(rows: rows.count, distances: distances)
    var generator = SeededGenerator(seed: seed, name: "targets of a reach")
    for (index, row) in rows.enumerated() {
      try progress(index, rows.count)
      let tokens = row.extent(of: target, in: model.description).tokens
      let plain = tokens.indices.filter { tokens[$0].origin != .template }
      let positions = Array(plain.shuffled(using: &generator).prefix(targets)).sorted()
      guard !positions.isEmpty else { continue }
      let lengths = try jacobianLengths(
        row, from: [target], to: source, positions: positions, probes: probes,
        seed: seed &+ UInt64(index))[0]
      for (place, position) in positions.enumerated() {
        for other in plain where !model.description.isCausal(stack) || other <= position {
          reach.add(lengths[place][other], row: index, distance: abs(position - other))
        }
      }
    }
    try progress(rows.count, rows.count)
    return reach
  }
}

extension ModelDescription {
  /// Whether every attention of a side is causal.
  public func isCausal(_ stack: Stack) -> Bool {
    blocks(of: stack).allSatisfy(\.attention.isCausal)
  }
}

extension GradientReach {
  /// The reach of a recurrent network h_t = tanh(W h_{t−1} + U x_t) with random numbers of deviation
  /// 1/√width, by distance, relative to distance 0: what falls geometrically looks like this.
  public static func recurrent(width: Int, distances: Int, seed: UInt64) -> [Double] {
    var generator = SeededGenerator(seed: seed, name: "a recurrent network")
    func matrix() -> Matrix {
      let scale = 1 / Double(width).squareRoot()
      return Matrix(
        rows: width, columns: width,
        (0..<width * width).map { _ in generator.normal() * scale })
    }
    let (recurrent, input) = (matrix(), matrix())
    let steps = distances + 8
    var states: [[Double]] = []
    var state = [Double](repeating: 0, count: width)
    for _ in 0..<steps {
      let token = (0..<width).map { _ in generator.normal() }
      let both = Matrix(rows: 1, columns: width, state).times(recurrent, otherTransposed: true)
      let read = Matrix(rows: 1, columns: width, token).times(input, otherTransposed: true)
      state = zip(both.elements, read.elements).map { tanh($0 + $1) }
      states.append(state)
    }
    // Product of the Jacobians from the last state back: dh_T/dh_{T−Δ}, then on to x_{T−Δ}.
    var product = Matrix(identity: width)
    var lengths: [Double] = []
    for distance in 0..<distances {
      let slopes = states[steps - 1 - distance].map { 1 - $0 * $0 }
      let through = product.scaling(columns: slopes)
      lengths.append(through.times(input).squaredNorm.squareRoot())
      product = through.times(recurrent)
    }
    let first = lengths.first ?? 1
    return lengths.map { $0 / first }
  }
}
