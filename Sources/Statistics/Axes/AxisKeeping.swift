import Foundation
import Tensors

/// Whether coordinates mean the same in two views of the same points.
public struct AxisKeeping: Sendable {
  /// The mean of |diagonal| of the orthogonal map that lays the first view on the second.
  ///
  /// It is 1 when every axis stays and √(2/πd) for a random map; NaN where there are fewer points
  /// than coordinates, since the map is not determined then.
  public let kept: Double
  /// The angle between the views behind that map, in degrees: 0 when one is the other turned.
  public let angle: Double
  /// The share of the second view's variance that scaling each coordinate of the first explains, on
  /// points that were left out of fitting.
  public let byAxis: Double
  /// The share that any linear map explains, on the same points; NaN where it is not determined, as with
  /// fewer points than coordinates, or with coordinates that depend on each other.
  public let linear: Double

  /// The value of `kept` for random maps.
  public static func random(width: Int) -> Double {
    (2 / (Double.pi * Double(width))).squareRoot()
  }

  /// Compares two views, row to row.
  ///
  /// - Parameter heldOut: Which points are left out of fitting, one flag for each.
  /// - Throws: `StatisticsError` when a number is not finite, or a view is constant.
  public init(_ first: Matrix, _ second: Matrix, heldOut: [Bool]) throws(StatisticsError) {
    let procrustes = try Procrustes(first, onto: second)
    let map = procrustes.rotation
    angle = acos(1 - procrustes.distance / 2) * 180 / .pi
    kept =
      first.rows > first.columns
      ? (0..<map.rows).reduce(0) { $0 + abs(map[$1, $1]) } / Double(max(map.rows, 1)) : .nan
    let fitted = heldOut.indices.filter { !heldOut[$0] }
    let tested = heldOut.indices.filter { heldOut[$0] }
    let (meansX, meansY) = (
      first.selecting(rows: fitted).columnMeans, second.selecting(rows: fitted).columnMeans
    )
    func part(_ matrix: Matrix, _ rows: [Int], _ means: [Double]) -> Matrix {
      matrix.selecting(rows: rows).subtracting(row: means)
    }
    let (x, y) = (part(first, fitted, meansX), part(second, fitted, meansY))
    let (xTest, yTest) = (part(first, tested, meansX), part(second, tested, meansY))
    byAxis = Self.explained(xTest.scaling(columns: Self.factors(x, y)), yTest)
    guard fitted.count > first.columns else {
      linear = .nan
      return
    }
    let coefficients = try StatisticsError.decomposing {
      () throws(DecompositionError) -> Matrix? in
      let values = try x.singularValues()
      // Directions that rounding left have coefficients that explain nothing elsewhere.
      guard let least = values.last, let greatest = values.first, least > 1e-6 * greatest else {
        return nil
      }
      return try x.leastSquares(y)
    }
    linear = coefficients.map { Self.explained(xTest.times($0), yTest) } ?? .nan
  }

  /// The best factor of each coordinate.
  private static func factors(_ x: Matrix, _ y: Matrix) -> [Double] {
    (0..<x.columns).map { column in
      var (both, square) = (0.0, 0.0)
      for row in 0..<x.rows {
        both += x[row, column] * y[row, column]
        square += x[row, column] * x[row, column]
      }
      return square < 1e-300 ? 0 : both / square
    }
  }

  /// The share of the variance that a guess explains; 0 where it is no better than the mean.
  private static func explained(_ guess: Matrix, _ truth: Matrix) -> Double {
    var (left, all) = (0.0, 0.0)
    for (a, b) in zip(guess.elements, truth.elements) {
      left += (a - b) * (a - b)
      all += b * b
    }
    return all < 1e-300 ? .nan : max(1 - left / all, 0)
  }
}
