import Tensors

/// Centred kernel alignment (Kornblith and others 2019, Similarity of Neural Network Representations
/// Revisited): 1 where two views differ by a rotation and a scale.
///
/// Unlike correlations of variates it changes under other linear maps, and it can be formed from
/// fewer points than columns. NaN where a view is constant.
public enum KernelAlignment {
  /// Which estimate of the dependence is used.
  public enum Estimator: Sendable {
    /// Of Gretton and others (2005): about width / (points + width) for independent views.
    case biased
    /// Of Song and others (2012): zero on average for independent views; wants four points.
    case unbiased
  }

  /// The alignment of two views by their inner products.
  ///
  /// Costs as much as the products of the columns; no matrix of points × points is formed.
  ///
  /// - Throws: `StatisticsError` when the views have different numbers of rows, too few, or numbers
  ///   that are not finite.
  public static func linear(
    _ first: Matrix, _ second: Matrix, _ estimator: Estimator = .unbiased
  ) throws(StatisticsError) -> Double {
    try LinearAlignment(first, second, estimator).alignment()
  }

  /// The alignment of batches of points, whose unbiased terms are averaged (Nguyen, Raghu and
  /// Kornblith 2021): for more points than fit into memory.
  public struct Batched: Sendable {
    private var sums = (0.0, 0.0, 0.0)
    /// How many batches were added.
    public private(set) var batches = 0

    /// Nothing yet.
    public init() {}

    /// Adds a batch of points, at least four.
    ///
    /// - Throws: as `KernelAlignment.linear`.
    public mutating func add(_ first: Matrix, _ second: Matrix) throws(StatisticsError) {
      let terms = try LinearAlignment(first, second, .unbiased).dependences
      sums.0 += terms.both
      sums.1 += terms.first
      sums.2 += terms.second
      batches += 1
    }

    /// The alignment of all batches so far; NaN of none.
    public var alignment: Double { ratio(sums.0, sums.1, sums.2) }
  }

  /// The alignment of all points in batches of `size`, in their order; a rest of fewer than four is
  /// left out.
  public static func batched(
    _ first: Matrix, _ second: Matrix, size: Int = 256
  ) throws(StatisticsError) -> Double {
    try check(first, second, .unbiased)
    var batched = Batched()
    for start in stride(from: 0, to: first.rows, by: max(size, 4)) {
      let rows = Array(start..<min(start + max(size, 4), first.rows))
      guard rows.count >= 4 else { break }
      try batched.add(first.selecting(rows: rows), second.selecting(rows: rows))
    }
    return batched.alignment
  }

  /// The alignment by Gaussian kernels, exp(-d² / 2σ²), biased.
  ///
  /// - Parameter bandwidth: σ as a multiple of the median distance between points of the view.
  /// - Throws: `StatisticsError`, also for more than `mostPoints` points: it forms all pairs.
  public static func gaussian(
    _ first: Matrix, _ second: Matrix, bandwidth: Double = 0.5
  ) throws(StatisticsError) -> Double {
    try check(first, second, .biased)
    return try GaussianKernels(first, second, bandwidth: bandwidth).alignment(nil)
  }

  /// The most points of which all pairs are formed.
  public static let mostPoints = 6000

  static func check(
    _ first: Matrix, _ second: Matrix, _ estimator: Estimator
  ) throws(StatisticsError) {
    guard first.rows == second.rows else {
      throw .shape(
        what: "the second view", expected: "[\(first.rows), width]",
        found: [second.rows, second.columns])
    }
    let least = estimator == .biased ? 2 : 4
    guard first.rows >= least else {
      throw .tooFew(what: "points", count: first.rows, least: least)
    }
    for view in [first, second] {
      if let row = view.firstRowNotFinite { throw .notFinite(row: row) }
    }
  }

  static func ratio(_ both: Double, _ first: Double, _ second: Double) -> Double {
    let denominator = (first * second).squareRoot()
    return denominator > 0 ? both / denominator : .nan
  }
}
