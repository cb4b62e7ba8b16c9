import Faults
import Foundation
import Tensors
import Transformers

/// How a model tells positions apart, and what its code for them is like.
public struct PositionEncoding: Sendable {
  /// Where positions enter.
  public enum Kind: Sendable, Equatable {
    /// Rows that were learned, or sines and cosines, are added to the tokens.
    case learned, sinusoidal
    /// Queries and keys are turned; `width` of a head's `headWidth` coordinates are.
    case rotary(width: Int, headWidth: Int)
    /// Scores are lowered with the distance, with these slopes, one for each head.
    case linearBias(slopes: [Double])
  }

  /// What two positions at some distance have in common.
  public struct Offset: Sendable {
    /// The distance.
    public var offset: Int
    /// The mean dot product of two positions at this distance.
    public var dot: Double
    /// The standard deviation of that over all such pairs; 0 when it depends on the distance alone.
    public var spread: Double
    /// The mean cosine.
    public var cosine: Double
    /// The cosine that sines and cosines of the same width have at this distance.
    public var sinusoidal: Double
  }

  /// One position.
  public struct Position: Sendable {
    /// The position.
    public var position: Int
    /// The length of its row.
    public var norm: Double
    /// The position whose row is nearest, and how far away that is.
    public var nearest: Int, distance: Double
  }

  /// Where positions enter.
  public var kind: Kind
  /// How many numbers stand for a position.
  public var width: Int
  /// The distances from 0 up.
  public var offsets: [Offset]
  /// The positions from 0 up.
  public var positions: [Position]
  /// The share of the variance of dot products that the distance alone explains, over all pairs of
  /// different positions: 1 when nothing but the distance counts.
  public var offsetShare: Double
  /// The same share when the rows are put in a random order: the mean over several orders, and the
  /// largest.
  public var shuffledShare: (mean: Double, largest: Double)
}

extension PositionEncoding {
  /// The cosine that sinusoidal rows of a width have at each distance: the mean of cos(ω·distance)
  /// over the frequencies.
  public static func sinusoidalCosine(offset: Int, width: Int) -> Double {
    let pairs = max(width / 2, 1)
    let sum = (0..<pairs).reduce(0) { sum, pair in
      sum + cos(Double(offset) / pow(10_000, Double(2 * pair) / Double(width)))
    }
    return sum / Double(pairs)
  }

  /// Sines and cosines in the order of the definition (Vaswani et al., 2017): they take turns over
  /// the features, and every position has both.
  ///
  /// - Throws: `over-budget` where they and their products would not fit, and when it is stopped.
  public static func sinusoidalRows(count: Int, width: Int) throws(Fault) -> [[Double]] {
    try check(count: count, width: width)
    let lengths = (0..<width).map { feature in
      pow(10_000, Double(feature - feature % 2) / Double(width))
    }
    var rows: [[Double]] = []
    for position in 0..<count {
      if Workers.cancellation() { throw .interrupted }
      rows.append(
        lengths.indices.map { feature in
          let angle = Double(position) / lengths[feature]
          return feature % 2 == 0 ? sin(angle) : cos(angle)
        })
    }
    return rows
  }

  /// What rows of a position table are like.
  ///
  /// - Parameter shuffles: How many random orders the rows are put in for the null.
  public init(_ kind: Kind, rows: [[Double]], shuffles: Int = 20, seed: UInt64 = 0)
    throws(Fault)
  {
    self.kind = kind
    width = rows.first?.count ?? 0
    let count = rows.count
    try Self.check(count: count, width: width)
    let products = try Self.products(rows)
    let norms = (0..<count).map { products[$0 * count + $0].squareRoot() }
    offsets = try Self.offsets(products, norms, width: width)
    positions = try Self.positions(products, norms)
    offsetShare = Self.offsetShare(products, order: Array(0..<count))
    var generator = SeededGenerator(seed: seed, name: "order of positions")
    var shares: [Double] = []
    for _ in 0..<shuffles {
      if Workers.cancellation() { throw .interrupted }
      shares.append(Self.offsetShare(products, order: (0..<count).shuffled(using: &generator)))
    }
    shuffledShare = (
      shares.reduce(0, +) / Double(shares.count), shares.max() ?? .nan
    )
  }

  /// What turning queries and keys comes to: the rows are those that a vector of ones becomes.
  public init(rotary: RotaryDescription, headWidth: Int, count: Int) throws(Fault) {
    try Self.check(count: count, width: headWidth)
    let ones = [Double](repeating: 1, count: headWidth)
    try self.init(
      .rotary(width: rotary.width, headWidth: headWidth),
      rows: (0..<count).map { rotary.turned(ones, to: $0) })
  }

  /// Refuses rows of which, with their products, there would be too many numbers.
  public static func check(count: Int, width: Int) throws(Fault) {
    let numbers = 3 * Double(count) * Double(width) + 2 * Double(count) * Double(count)
    try MemoryBudget.check(
      8 * numbers, for: "\(count) positions of \(width) numbers, each compared with each,",
      help: "compare fewer:   count: \(min(count / 2, 1_000))")
  }

  /// The dot products of all pairs, made in blocks so that a run can be stopped in between.
  private static func products(_ rows: [[Double]]) throws(Fault) -> [Double] {
    let width = rows.first?.count ?? 0
    let all = Tensor<Double>([.position, .width], [rows.count, width], rows.flatMap { $0 })
    var products: [Double] = []
    products.reserveCapacity(rows.count * rows.count)
    let height = max(1, min(256, 50_000_000 / max(1, rows.count * width)))
    for start in stride(from: 0, to: rows.count, by: height) {
      if Workers.cancellation() { throw .interrupted }
      let block = rows[start..<min(start + height, rows.count)]
      let some = Tensor<Double>(
        [.position, .width], [block.count, width], block.flatMap { $0 })
      do {
        products += try Kernels.matmul(some, transposeA: false, all, transposeB: true).elements
      } catch {
        throw Fault("tensor", "\(error)")
      }
    }
    return products
  }

  private static func offsets(
    _ products: [Double], _ norms: [Double], width: Int
  ) throws(Fault) -> [Offset] {
    let count = norms.count
    return try (0..<count).map { offset throws(Fault) in
      if Workers.cancellation() { throw .interrupted }
      var sum = 0.0
      var squares = 0.0
      var cosines = 0.0
      let pairs = count - offset
      for first in 0..<pairs {
        let dot = products[first * count + first + offset]
        let lengths = norms[first] * norms[first + offset]
        sum += dot
        squares += dot * dot
        cosines += lengths < 1e-12 ? .nan : dot / lengths
      }
      let mean = sum / Double(pairs)
      let variance = max(squares / Double(pairs) - mean * mean, 0)
      // What rounding leaves of equal numbers is no spread.
      let isEqual = variance <= 1e-14 * max(squares / Double(pairs), 1e-300)
      return Offset(
        offset: offset, dot: mean, spread: isEqual ? 0 : variance.squareRoot(),
        cosine: cosines / Double(pairs),
        sinusoidal: sinusoidalCosine(offset: offset, width: width))
    }
  }

  private static func positions(
    _ products: [Double], _ norms: [Double]
  ) throws(Fault) -> [Position] {
    let count = norms.count
    return try (0..<count).map { position throws(Fault) in
      if Workers.cancellation() { throw .interrupted }
      var nearest = position
      var smallest = Double.infinity
      for other in 0..<count where other != position {
        let square =
          products[position * count + position] + products[other * count + other]
          - 2 * products[position * count + other]
        // Of several that are equally near, the first: rounding must not choose.
        let margin = 1e-9 * norms[position] * norms[position]
        if square < smallest - margin { (nearest, smallest) = (other, square) }
      }
      return Position(
        position: position, norm: norms[position], nearest: nearest,
        distance: max(smallest, 0).squareRoot())
    }
  }

  /// 1 − the variance within distances by the variance over all pairs, of rows in some order.
  private static func offsetShare(_ products: [Double], order: [Int]) -> Double {
    let count = order.count
    var total = 0.0
    var totalSquares = 0.0
    var within = 0.0
    var pairs = 0.0
    for offset in 1..<max(count, 1) {
      var sum = 0.0
      var squares = 0.0
      for first in 0..<count - offset {
        let dot = products[order[first] * count + order[first + offset]]
        sum += dot
        squares += dot * dot
      }
      let number = Double(count - offset)
      within += squares - sum * sum / number
      total += sum
      totalSquares += squares
      pairs += number
    }
    let variance = totalSquares - total * total / max(pairs, 1)
    return variance <= 1e-14 * max(totalSquares, 1e-300) ? .nan : 1 - within / variance
  }
}

extension Experiment {
  /// How a side of the model tells positions apart, over its first positions.
  ///
  /// - Throws: `Fault` when the side has no way to tell them apart.
  public func positionEncoding(of stack: Stack, count: Int, seed: UInt64 = 0)
    throws(Fault) -> PositionEncoding
  {
    let description = runtime.description
    let embedding =
      stack == .encoder ? description.encoder?.embedding : description.embedding
    guard let embedding, let attention = description.blocks(of: stack).first?.attention else {
      throw Fault("wrong-address", "\(model.name) has one stack of layers")
    }
    if let rows = runtime.positionRows(of: stack) {
      let kept = Array(rows.doubles.chunked(description.width).prefix(count))
      let kind: PositionEncoding.Kind =
        embedding.learnedPositions == nil ? .sinusoidal : .learned
      return try PositionEncoding(kind, rows: kept, seed: seed)
    }
    if let rotary = attention.rotary {
      return try PositionEncoding(
        rotary: rotary.fitted(to: count), headWidth: attention.headWidth, count: count)
    }
    if let slopes = attention.slopes {
      // The bias at a distance, averaged over heads; there are no rows to compare.
      let mean = slopes.reduce(0, +) / Double(max(slopes.count, 1))
      return PositionEncoding(linearBias: slopes, meanSlope: mean, count: count)
    }
    throw Fault(
      "no-position-code", "\(model.name) has no code for positions",
      help: "only its causal mask tells tokens apart by their order, if it has one")
  }
}

extension PositionEncoding {
  fileprivate init(linearBias slopes: [Double], meanSlope: Double, count: Int) {
    kind = .linearBias(slopes: slopes)
    width = slopes.count
    offsets = (0..<count).map { offset in
      Offset(
        offset: offset, dot: -meanSlope * Double(offset), spread: 0, cosine: .nan,
        sinusoidal: .nan)
    }
    positions = []
    offsetShare = 1
    shuffledShare = (.nan, .nan)
  }
}
