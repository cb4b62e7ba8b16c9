import Tensors

extension Matrix {
  /// The rows in coordinates in which all directions have the mean 0 and the variance 1 and none goes
  /// with another: what is left of Euclidean distances when no direction counts more than another.
  ///
  /// Directions whose variance is under 1e-10 of the greatest are left out.
  ///
  /// - Throws: `StatisticsError` when a number is not finite, or all rows are the same.
  public func whitened() throws(StatisticsError) -> Matrix {
    let centred = centred
    let eigen = try StatisticsError.decomposing { () throws(DecompositionError) in
      try centred.columnProducts.symmetricEigen()
    }
    let kept = eigen.values.indices.filter {
      eigen.values[$0] > 1e-10 * max(eigen.values.first ?? 0, 0)
    }
    guard !kept.isEmpty else { throw .constant(what: "the vectors") }
    let factors = kept.map { (Double(rows) / eigen.values[$0]).squareRoot() }
    return centred.times(eigen.vectors.selecting(rows: kept), otherTransposed: true)
      .scaling(columns: factors)
  }
}
