import Tensors

/// What others have of the lengths of a Jacobian, of estimates of their squares.
enum JacobianShare {
  /// One less the part that the source position `own` has of the sum of the lengths; NaN where all are
  /// zero.
  ///
  /// A share of roots of estimates has a bias of the order of one over the number of vectors, which the
  /// jackknife over these takes away (Quenouille 1956). What is left of it may lie outside 0 to 1, where
  /// no share is.
  ///
  /// - Parameter squares: Vectors × source positions; one row of exact squares stays as it is.
  static func others(_ squares: Matrix, than own: Int) -> Double {
    let sums = (0..<squares.columns).map { squares.column($0).reduce(0, +) }
    let whole = share(sums, own)
    let count = Double(squares.rows)
    guard squares.rows > 1, !whole.isNaN else { return whole }
    let left = (0..<squares.rows).map { vector in
      share(sums.indices.map { max(sums[$0] - squares[vector, $0], 0) }, own)
    }
    let corrected = count * whole - (count - 1) * left.reduce(0, +) / count
    return corrected.isNaN ? whole : min(max(corrected, 0), 1)
  }

  private static func share(_ squares: [Double], _ own: Int) -> Double {
    let lengths = squares.map { $0.squareRoot() }
    let all = lengths.reduce(0, +)
    return all < 1e-12 ? .nan : 1 - lengths[own] / all
  }
}
