import Tensors

/// Kernel alignment of two views.
struct AlignmentComparison: Comparison {
  let names = [""]
  let ranks: (first: Int, second: Int)
  let notes: [String]
  private let value: @Sendable ([Int]?) throws(StatisticsError) -> Double
  /// Costs more than the value: only where it is wanted.
  private let moved: @Sendable () -> [Double]

  init(
    _ first: Matrix, _ second: Matrix, _ settings: ViewComparison.Settings
  ) throws(StatisticsError) {
    ranks = (first.columns, second.columns)
    switch settings.method {
    case .gaussianCKA:
      let kernels = try GaussianKernels(first, second, bandwidth: settings.bandwidth)
      value = { order throws(StatisticsError) in kernels.alignment(order) }
      moved = { kernels.influences }
      notes = [
        "Gaussian kernels as wide as \(Self.text(settings.bandwidth)) median distances; biased"
      ]
    case .batchedCKA:
      let batch = settings.batch
      value = { order throws(StatisticsError) in
        try KernelAlignment.batched(
          first, order.map(second.selecting(rows:)) ?? second, size: batch)
      }
      moved = { LinearKernel.influences(first, second) }
      notes = ["unbiased, in batches of \(batch) rows"]
    default:
      let estimator: KernelAlignment.Estimator = settings.method == .cka ? .unbiased : .biased
      let alignment = try LinearAlignment(first, second, estimator)
      value = { order throws(StatisticsError) in alignment.alignment(order) }
      moved = { LinearKernel.influences(first, second) }
      notes = estimator == .biased ? ["biased: independent views have about d / (n + d)"] : []
    }
  }

  var influences: [[Double]] { [moved()] }

  func values(_ order: [Int]?) throws(StatisticsError) -> [Double] { [try value(order)] }

  private static func text(_ number: Double) -> String {
    number == number.rounded() ? String(Int(number)) : String(number)
  }
}

/// A rotation and a scale of one view onto the other.
struct ProcrustesComparison: Comparison {
  let names = [""]
  let ranks: (first: Int, second: Int)
  let notes: [String] = []
  private let first: Matrix
  private let second: Matrix

  init(_ first: Matrix, _ second: Matrix) throws(StatisticsError) {
    (self.first, self.second) = (first, second)
    ranks = (first.columns, second.columns)
  }

  func values(_ order: [Int]?) throws(StatisticsError) -> [Double] {
    [
      1 - (try Procrustes.distance(first, order.map(second.selecting(rows:)) ?? second)) / 2
    ]
  }

  var influences: [[Double]] {
    guard let found = try? Procrustes(first, onto: second) else { return [[]] }
    let (x, y) = (first.centredBeyondRounding, second.centredBeyondRounding)
    let turned = x.times(found.rotation)
    let shared = turned.rowSums(times: y)
    return [
      Products.influences(
        (1 - found.distance / 2) / 2, shared, x.rowSquares, y.rowSquares)
    ]
  }
}
