import Tensors

/// How well one view can be turned and scaled to lie on another (Schönemann 1966; Ding and others 2021
/// for its use on representations).
public struct Procrustes: Sendable {
  /// The squared distance that is left when both views are centred and brought to size 1: from 0 to
  /// 2, the same in both directions.
  public let distance: Double
  /// The orthogonal map, width of the first × width of the second, that is to be applied behind
  /// centring.
  public let rotation: Matrix
  /// The factor to apply with it.
  public let scale: Double

  /// Turns `points` towards `targets`, row to row.
  ///
  /// Views of different width are filled up with zero columns, as far as the distance goes.
  ///
  /// - Throws: `StatisticsError` when the numbers of rows differ, a number is not finite, or a view
  ///   is constant.
  public init(_ points: Matrix, onto targets: Matrix) throws(StatisticsError) {
    let pair = try Pair(points, targets)
    let parts = try StatisticsError.decomposing { () throws(DecompositionError) in
      try pair.products.singularValueDecomposition()
    }
    rotation = parts.left.times(parts.right)
    scale = parts.values.reduce(0, +) / pair.sizes.first
    distance = pair.distance(parts.values)
  }

  /// The distance alone, for which no rotation need be found.
  ///
  /// - Throws: as the initialiser.
  public static func distance(
    _ first: Matrix, _ second: Matrix
  ) throws(StatisticsError) -> Double {
    let pair = try Pair(first, second)
    return pair.distance(
      try StatisticsError.decomposing { () throws(DecompositionError) in
        try pair.products.singularValues()
      })
  }

  /// What both ways need of two views.
  private struct Pair {
    /// The products of centred columns.
    let products: Matrix
    let sizes: (first: Double, second: Double)

    init(_ points: Matrix, _ targets: Matrix) throws(StatisticsError) {
      guard points.rows == targets.rows, points.rows > 1 else {
        throw .shape(
          what: "the second view", expected: "[\(max(points.rows, 2)), width]",
          found: [targets.rows, targets.columns])
      }
      for view in [points, targets] {
        if let row = view.firstRowNotFinite { throw .notFinite(row: row) }
      }
      let (x, y) = (points.centredBeyondRounding, targets.centredBeyondRounding)
      sizes = (x.squaredNorm, y.squaredNorm)
      guard sizes.first > 0 else { throw .constant(what: "the first view") }
      guard sizes.second > 0 else { throw .constant(what: "the second view") }
      products = x.times(y, transposed: true)
    }

    func distance(_ values: [Double]) -> Double {
      max(2 - 2 * values.reduce(0, +) / (sizes.first * sizes.second).squareRoot(), 0)
    }
  }
}
