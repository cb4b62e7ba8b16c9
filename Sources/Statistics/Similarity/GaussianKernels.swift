import Foundation
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
      for place in first.elements.indices { both += first.elements[place] * second.elements[place] }
    }
    return KernelAlignment.ratio(both, sizes.first, sizes.second)
  }

  /// How much each point moves the alignment.
  var influences: [Double] {
    Products.influences(
      alignment(nil), Products.byRow(first, second), Products.byRow(first, first),
      Products.byRow(second, second))
  }

  private static func centred(_ points: Matrix, _ bandwidth: Double) -> Matrix {
    var kernel = points.squaredDistances
    let count = kernel.rows
    var distances: [Double] = []
    distances.reserveCapacity(count * (count - 1) / 2)
    for row in 0..<count { distances += kernel.elements[row * count..<row * count + row] }
    let median = Quantile.of(sorted: distances.sorted(), 0.5).squareRoot()
    let deviation = bandwidth * median
    let scale = deviation > 0 ? -1 / (2 * deviation * deviation) : 0
    for place in kernel.elements.indices {
      kernel.elements[place] = Foundation.exp(scale * kernel.elements[place])
    }
    let means = kernel.columnMeans
    let mean = means.reduce(0, +) / Double(count)
    for row in 0..<count {
      for column in 0..<count {
        kernel.elements[row * count + column] += mean - means[row] - means[column]
      }
    }
    return kernel
  }
}
