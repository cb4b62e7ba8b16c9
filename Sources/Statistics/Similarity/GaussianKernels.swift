import Tensors

/// The Gaussian kernels of two views, all pairs of points, centred.
struct GaussianKernels: Sendable {
  private let first: Matrix
  private let second: Matrix
  private let sizes: (first: Double, second: Double)

  /// - Parameter bandwidth: the deviation as a multiple of the median distance between points.
  init(_ first: Matrix, _ second: Matrix, bandwidth: Double) throws(StatisticsError) {
    try KernelAlignment.check(first, second, .biased)
    guard first.rows <= KernelAlignment.mostPoints else {
      throw .tooMany(
        what: "points for a kernel of all pairs", count: first.rows,
        most: KernelAlignment.mostPoints)
    }
    self.first = Self.centred(first, bandwidth)
    self.second = Self.centred(second, bandwidth)
    sizes = (self.first.squaredNorm, self.second.squaredNorm)
  }

  /// The alignment with the points of the second view in an order.
  func alignment(_ order: [Int]?) -> Double {
    let count = first.rows
    var both = 0.0
    if let order {
      for row in 0..<count {
        let (start, other) = (row * count, order[row] * count)
        for column in 0..<count {
          both += first.elements[start + column] * second.elements[other + order[column]]
        }
      }
    } else {
      both = first.entrySum(times: second)
    }
    return KernelAlignment.ratio(both, sizes.first, sizes.second)
  }

  /// How much each point moves the alignment.
  var influences: [Double] {
    Products.influences(
      alignment(nil), first.rowSums(times: second), first.rowSquares, second.rowSquares)
  }

  private static func centred(_ points: Matrix, _ bandwidth: Double) -> Matrix {
    let squares = points.centredBeyondRounding.squaredDistances
    let count = squares.rows
    var distances: [Double] = []
    distances.reserveCapacity(count * (count - 1) / 2)
    for row in 0..<count { distances += squares.row(row).prefix(row) }
    let median = Quantile.of(distances, 0.5).squareRoot()
    let deviation = bandwidth * median
    let scale = deviation > 0 ? -1 / (2 * deviation * deviation) : 0
    return squares.exponentials(factor: scale).doublyCentred
  }
}
