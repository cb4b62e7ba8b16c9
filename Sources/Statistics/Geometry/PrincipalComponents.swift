import Tensors

/// The directions in which points vary most (Pearson 1901).
public struct PrincipalComponents: Sendable {
  /// The mean of the points.
  public let mean: [Double]
  /// The directions as orthonormal rows, the one of the greatest variance first.
  ///
  /// The coordinate of greatest size is positive in each, so that pictures do not flip.
  public let directions: Matrix
  /// The variance along each of them.
  public let variances: [Double]
  /// The sum of the variances of all columns.
  public let totalVariance: Double

  /// The share of the whole variance that lies along each direction; NaN without any variance.
  public var shares: [Double] {
    variances.map { totalVariance > 0 ? $0 / totalVariance : .nan }
  }

  /// Finds the directions of points as rows.
  ///
  /// - Parameter components: how many at most; there are never more than columns, or than points
  ///   less one.
  /// - Throws: `StatisticsError` for fewer than two points, or numbers that are not finite.
  public init(_ points: Matrix, components: Int) throws(StatisticsError) {
    guard points.rows >= 2, points.columns >= 1 else {
      throw .tooFew(what: "points", count: points.columns >= 1 ? points.rows : 0, least: 2)
    }
    if let row = points.firstRowNotFinite { throw .notFinite(row: row) }
    let means = points.columnMeans
    let centred = points.centredBeyondRounding
    let freedom = Double(points.rows - 1)
    let count = max(min(components, points.columns, points.rows - 1), 0)
    let found = try StatisticsError.decomposing { () throws(DecompositionError) in
      if points.rows > points.columns {
        let eigen = try centred.columnProducts.symmetricEigen()
        return (eigen.values.map { max($0, 0) / freedom }, eigen.vectors)
      }
      let parts = try centred.singularValueDecomposition()
      return (parts.values.map { $0 * $0 / freedom }, parts.right)
    }
    mean = means
    variances = Array(found.0.prefix(count))
    totalVariance = centred.squaredNorm / freedom
    directions = Self.turned(found.1.selecting(rows: Array(0..<count)))
  }

  /// The points in the coordinates of the directions: one column for each.
  public func project(_ points: Matrix) -> Matrix {
    points.subtracting(row: mean).times(directions, otherTransposed: true)
  }

  /// How many directions hold `share` of the variance; at least one.
  public func count(holding share: Double) -> Int {
    var sum = 0.0
    for (place, variance) in variances.enumerated() {
      sum += variance
      if sum >= share * totalVariance { return place + 1 }
    }
    return max(variances.count, 1)
  }

  private static func turned(_ directions: Matrix) -> Matrix {
    var result = directions
    for row in 0..<directions.rows {
      let direction = directions.row(row)
      let greatest = direction.max { abs($0) < abs($1) } ?? 0
      if greatest < 0 {
        for column in 0..<directions.columns { result[row, column] = -directions[row, column] }
      }
    }
    return result
  }
}
