import Statistics
import Tensors

/// Times of similarities of two views, in float64.
struct SimilarityBench {
  private static let rows = 8000
  private static let width = 256

  private let first: Matrix
  private let second: Matrix

  init() {
    var random = SeededGenerator(seed: 1)
    func view() -> Matrix {
      Matrix(
        rows: Self.rows, columns: Self.width,
        (0..<Self.rows * Self.width).map { _ in random.normal() })
    }
    let noise = view()
    first = view()
    // Half of it the first view, mixed.
    let mixed = first.times(view().selecting(rows: Array(0..<Self.width)))
    second = Matrix(
      rows: Self.rows, columns: Self.width,
      zip(mixed.elements, noise.elements).map { $0 / 16 + $1 })
  }

  /// Both directions of PWCCA, without null and interval.
  func pwcca() throws -> Double {
    var settings = ViewComparison.Settings(.pwcca)
    (settings.shuffles, settings.resamples) = (0, 0)
    return try Measurement("PWCCA", count: 5) {
      _ = try ViewComparison(first, second, settings)
    }.median
  }

  /// Linear kernel alignment, biased.
  func alignment() throws -> Double {
    try Measurement("CKA", count: 9) {
      _ = try KernelAlignment.linear(first, second, .biased)
    }.median
  }
}
