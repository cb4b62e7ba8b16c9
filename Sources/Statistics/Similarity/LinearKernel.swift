import Tensors

/// The inner products of a view's points, without forming them: K = XXᵀ, columns centred.
struct LinearKernel {
  private let points: Matrix
  /// The diagonal of K; empty where the estimate does without it.
  private let diagonal: [Double]

  init(_ points: Matrix, _ estimator: KernelAlignment.Estimator) {
    let centred = points.centredBeyondRounding
    self.init(
      centred: centred, diagonal: estimator == .biased ? [] : centred.rowSquares)
  }

  private init(centred: Matrix, diagonal: [Double]) {
    (points, self.diagonal) = (centred, diagonal)
  }

  /// The kernel of the points in another order.
  func permuted(_ order: [Int]) -> LinearKernel {
    LinearKernel(
      centred: points.selecting(rows: order),
      diagonal: diagonal.isEmpty ? [] : order.map { diagonal[$0] })
  }

  /// The dependence of two kernels, up to a factor that depends on the number of points alone.
  func dependence(_ other: LinearKernel) -> Double {
    // Σ K∘L = ‖XᵀY‖².
    guard points.columns * other.points.columns <= points.rows * points.rows else {
      return estimate(points.rowProducts.entrySum(times: other.points.rowProducts), other)
    }
    return estimate(points.times(other.points, transposed: true).squaredNorm, other)
  }

  /// The dependence of a kernel on itself.
  var ownDependence: Double {
    let isTall = points.columns <= points.rows
    return estimate((isTall ? points.columnProducts : points.rowProducts).squaredNorm, self)
  }

  /// Makes the sum over all pairs of points the wanted estimate.
  private func estimate(_ all: Double, _ other: LinearKernel) -> Double {
    if diagonal.isEmpty { return all }
    let n = Double(points.rows)
    // Centred columns sum to zero, up to rounding; so do the rows of K: without its diagonal each
    // has the sum -K_ii.
    var shared = 0.0
    for row in diagonal.indices { shared += diagonal[row] * other.diagonal[row] }
    let sums = diagonal.reduce(0, +) * other.diagonal.reduce(0, +)
    return (all - shared + sums / ((n - 1) * (n - 2)) - 2 / (n - 2) * shared) / (n * (n - 3))
  }

  /// How much each row moves the alignment of two views.
  static func influences(_ first: Matrix, _ second: Matrix) -> [Double] {
    let (x, y) = (first.centredBeyondRounding, second.centredBeyondRounding)
    // A row's part of ‖XᵀY‖² is x (XᵀY) yᵀ.
    func parts(_ a: Matrix, _ b: Matrix) -> [Double] {
      a.times(a.times(b, transposed: true)).rowSums(times: b)
    }
    let (shared, own, other) = (parts(x, y), parts(x, x), parts(y, y))
    let value = shared.reduce(0, +) / (own.reduce(0, +) * other.reduce(0, +)).squareRoot()
    return Products.influences(value, shared, own, other)
  }
}

/// The linear alignment of two views, ready to be asked again in other orders.
struct LinearAlignment {
  private let first: LinearKernel
  private let second: LinearKernel
  private let own: (first: Double, second: Double)

  init(
    _ first: Matrix, _ second: Matrix, _ estimator: KernelAlignment.Estimator
  ) throws(StatisticsError) {
    try KernelAlignment.check(first, second, estimator)
    self.first = LinearKernel(first, estimator)
    self.second = LinearKernel(second, estimator)
    own = (self.first.ownDependence, self.second.ownDependence)
  }

  /// The dependences that an alignment is the ratio of, for averages over batches.
  var dependences: (both: Double, first: Double, second: Double) {
    (first.dependence(second), own.first, own.second)
  }

  /// The alignment with the points of the second view in an order.
  func alignment(_ order: [Int]? = nil) -> Double {
    let both = first.dependence(order.map(second.permuted) ?? second)
    return KernelAlignment.ratio(both, own.first, own.second)
  }
}
