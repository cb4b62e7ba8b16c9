import Tensors

/// Columns brought to mean 0 and deviation 1, with the numbers of one sample for all.
public struct Standardisation: Sendable {
  private let means: [Double]
  private let factors: [Double]

  /// Takes means and deviations from points; constant columns become zero.
  public init(_ points: Matrix) {
    means = points.columnMeans
    let centred = points.subtracting(row: means)
    var squares = [Double](repeating: 0, count: points.columns)
    for row in 0..<points.rows {
      for column in 0..<points.columns {
        let value = centred.elements[row * points.columns + column]
        squares[column] += value * value
      }
    }
    factors = zip(squares, means).map { square, mean in
      let deviation = (square / Double(points.rows)).squareRoot()
      // What is left of a constant column is rounding.
      return deviation > 1e-12 * max(abs(mean), 1e-290) ? 1 / deviation : 0
    }
  }

  /// The points with columns shifted and scaled.
  public func apply(_ points: Matrix) -> Matrix {
    points.subtracting(row: means).scaling(columns: factors)
  }
}
