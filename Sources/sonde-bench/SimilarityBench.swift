import Statistics
import Tensors

/// Times of similarities of two views, in float64.
struct SimilarityBench {
  /// The rows, and the widths of the two views.
  struct Size {
    let rows: Int
    let first: Int
    let second: Int

    var name: String { "\(rows)x\(first)x\(second)" }
  }

  static let sizes = [
    Size(rows: 2000, first: 64, second: 64), Size(rows: 8000, first: 256, second: 256),
    Size(rows: 2000, first: 768, second: 768), Size(rows: 4000, first: 128, second: 512),
  ]

  /// The measures, by what they are called here and by the peers.
  static let methods: [ViewComparison.Method] = [
    .biasedCKA, .cka, .gaussianCKA, .cca, .pwcca, .svcca, .procrustes,
  ]

  private let size: Size
  private let first: Matrix
  private let second: Matrix

  init(_ size: Size) {
    self.size = size
    var random = SeededGenerator(seed: 1)
    func view(_ rows: Int, _ columns: Int) -> Matrix {
      Matrix(
        rows: rows, columns: columns, (0..<rows * columns).map { _ in random.normal() })
    }
    first = view(size.rows, size.first)
    let noise = view(size.rows, size.second)
    // Half of it the first view, mixed.
    let mixed = first.times(view(size.first, size.second))
    let scale = 1 / Double(size.first).squareRoot()
    second = Matrix(
      rows: size.rows, columns: size.second,
      zip(mixed.elements, noise.elements).map { $0 * scale + $1 })
  }

  /// The time of a measure, without null and interval.
  func seconds(_ method: ViewComparison.Method) throws -> Double {
    var settings = ViewComparison.Settings(method)
    (settings.shuffles, settings.resamples) = (0, 0)
    return try Measurement.median(count: 3) {
      _ = try ViewComparison(first, second, settings)
    }
  }

  /// The views of every size.
  static func all() -> [SimilarityBench] { sizes.map(SimilarityBench.init) }

  /// Adds a round's line for each size and measure that the peers have a time of.
  static func report(
    _ benches: [SimilarityBench], into report: inout Report, peers: Peers
  ) throws {
    for bench in benches {
      for method in methods {
        let size = bench.size
        guard let other = peers["numpy-\(method.rawValue)-\(size.name)"] else { continue }
        report.speed(
          "\(method.rawValue), \(size.rows) rows of \(size.first) and \(size.second)",
          try bench.seconds(method), against: other, "NumPy", atLeast: 1)
      }
    }
  }
}
