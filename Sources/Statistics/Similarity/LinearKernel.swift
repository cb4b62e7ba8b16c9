import Tensors

/// The inner products of a view's points, without forming them: K = XXᵀ, columns centred.
struct LinearKernel {
  private let points: Matrix
  /// The diagonal of K.
  private let diagonal: [Double]
  /// The sum of each row of K without its diagonal.
  private let rowSums: [Double]

  init(_ points: Matrix) {
    let centred = points.centred
    self.points = centred
    diagonal = (0..<centred.rows).map { centred.row($0).reduce(0) { $0 + $1 * $1 } }
    // Centred columns sum to zero, up to rounding; so do the rows of K.
    rowSums = diagonal.map { -$0 }
  }

  /// The dependence of two kernels, up to a factor that depends on the number of points alone.
  func dependence(_ other: LinearKernel, _ estimator: KernelAlignment.Estimator) -> Double {
    // Σ K∘L = ‖XᵀY‖².
    let all: Double
    if points.columns * other.points.columns <= points.rows * points.rows {
      all = points.times(other.points, transposed: true).squaredNorm
    } else {
      let (left, right) = (points.rowProducts.elements, other.points.rowProducts.elements)
      all = zip(left, right).reduce(0) { $0 + $1.0 * $1.1 }
    }
    if estimator == .biased { return all }
    let n = Double(points.rows)
    var (trace, crossed) = (all, 0.0)
    for row in diagonal.indices {
      trace -= diagonal[row] * other.diagonal[row]
      crossed += rowSums[row] * other.rowSums[row]
    }
    let sums = rowSums.reduce(0, +) * other.rowSums.reduce(0, +)
    return (trace + sums / ((n - 1) * (n - 2)) - 2 / (n - 2) * crossed) / (n * (n - 3))
  }

  /// How much each row moves the alignment of two views.
  static func influences(_ first: Matrix, _ second: Matrix) -> [Double] {
    let (x, y) = (first.centred, second.centred)
    // A row's part of ‖XᵀY‖² is x (XᵀY) yᵀ.
    func parts(_ a: Matrix, _ b: Matrix) -> [Double] {
      Products.byRow(a.times(a.times(b, transposed: true)), b)
    }
    let (shared, own, other) = (parts(x, y), parts(x, x), parts(y, y))
    let value = shared.reduce(0, +) / (own.reduce(0, +) * other.reduce(0, +)).squareRoot()
    return Products.influences(value, shared, own, other)
  }
}
