import Tensors

/// Numbers for tests.
enum Samples {
  /// Independent numbers from the standard normal distribution.
  static func normal(_ rows: Int, _ columns: Int, seed: UInt64) -> Matrix {
    var random = SeededGenerator(seed: seed)
    return Matrix(rows: rows, columns: columns, (0..<rows * columns).map { _ in random.normal() })
  }

  /// Groups of points around corners that lie `distance` apart; labels in turn.
  static func groups(
    _ count: Int, each: Int, width: Int, distance: Double, seed: UInt64
  ) -> (points: Matrix, labels: [Int]) {
    var points = normal(count * each, width, seed: seed)
    let labels = (0..<count * each).map { $0 % count }
    for (row, label) in labels.enumerated() { points[row, label % width] += distance }
    return (points, labels)
  }
}
