extension Matrix {
  /// The squared Euclidean distances between all pairs of rows, never below zero.
  public var squaredDistances: Matrix {
    // Around the mean, where the least is lost in the difference of large squares.
    var products = centred.rowProducts
    let squares = (0..<rows).map { products.elements[$0 * rows + $0] }
    let zero = Vector<Double>()
    squares.withUnsafeBufferPointer { squares in
      guard let squares = squares.baseAddress else { return }
      products.changeRows { row, line, count in
        let own = Vector(repeating: squares[row])
        for place in stride(from: 0, to: count, by: 8) {
          let left = count - place
          let distance =
            own + Vector(at: squares + place, upTo: left, filler: 0)
            - Vector(at: line + place, upTo: left, filler: 0) * 2
          Vector.larger(distance, zero).store(to: line + place, upTo: left)
        }
        line[row] = 0
      }
    }
    return products
  }

  /// e to the power of each number times `factor`.
  public func exponentials(factor: Double) -> Matrix {
    var result = self
    result.changeRows { _, line, count in
      for place in stride(from: 0, to: count, by: 8) {
        let left = count - place
        let scaled = Vector(at: line + place, upTo: left, filler: 0) * factor
        VectorMath.exp(scaled).store(to: line + place, upTo: left)
      }
    }
    return result
  }

  /// A symmetric matrix with the means of rows and columns taken off: what a kernel becomes when its
  /// points are centred.
  public var doublyCentred: Matrix {
    let means = columnMeans
    let mean = means.reduce(0, +) / Double(rows)
    var result = self
    means.withUnsafeBufferPointer { means in
      guard let means = means.baseAddress else { return }
      result.changeRows { row, line, count in
        let shift = mean - means[row]
        for column in 0..<count { line[column] += shift - means[column] }
      }
    }
    return result
  }

  /// Changes rows in place, on all threads: `body` gets the number of a row, its first number and how
  /// many there are.
  private mutating func changeRows(
    _ body: (Int, UnsafeMutablePointer<Double>, Int) -> Void
  ) {
    let (rows, columns) = (rows, columns)
    elements.withUnsafeMutableBufferPointer { elements in
      guard let base = elements.baseAddress else { return }
      Workers.split(rows, work: elements.count) { range in
        for row in range { body(row, base + row * columns, columns) }
      }
    }
  }
}
