extension Matrix {
  /// Rows and columns exchanged.
  public var transposed: Matrix {
    // In tiles, so that neither side walks through memory with a large step.
    let tile = 32
    var result = Matrix(zeros: columns, rows)
    for top in stride(from: 0, to: rows, by: tile) {
      for left in stride(from: 0, to: columns, by: tile) {
        for row in top..<min(top + tile, rows) {
          for column in left..<min(left + tile, columns) {
            result.elements[column * rows + row] = elements[row * columns + column]
          }
        }
      }
    }
    return result
  }

  /// The matrix without the mean of each column.
  public var centred: Matrix { subtracting(row: columnMeans) }

  /// The rows at `places`, in that order; a row may come more than once.
  public func selecting(rows places: [Int]) -> Matrix {
    var result: [Double] = []
    result.reserveCapacity(places.count * columns)
    for place in places { result += row(place) }
    return Matrix(rows: places.count, columns: columns, result)
  }

  /// The columns at `places`, in that order.
  public func selecting(columns places: [Int]) -> Matrix {
    var result: [Double] = []
    result.reserveCapacity(rows * places.count)
    for row in 0..<rows {
      for place in places { result.append(elements[row * columns + place]) }
    }
    return Matrix(rows: rows, columns: places.count, result)
  }

  /// Each column times its own factor: the product with a diagonal matrix.
  public func scaling(columns factors: [Double]) -> Matrix {
    precondition(factors.count == columns, "one factor per column")
    var result = self
    for row in 0..<rows {
      let start = row * columns
      for column in 0..<columns { result.elements[start + column] *= factors[column] }
    }
    return result
  }
}
