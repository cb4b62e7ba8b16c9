import Tensors

extension AttentionTerms {
  /// ‖f(x)‖ of each token for a head.
  public func sourceLengths(head: Int) -> [Double] {
    (0..<keys).map { length(sources[head].row($0)) }
  }

  /// ‖α f(x)‖ of a head: queries × keys.
  public func headNorms(_ head: Int) -> Matrix {
    patterns[head].scaling(columns: sourceLengths(head: head))
  }

  /// ‖Σ over heads of α f(x)‖: queries × keys.
  ///
  /// The squares are formed from the products of the heads' vectors of each token, so that no vector
  /// of a pair is ever there.
  public func blockNorms() -> Matrix {
    var norms = Matrix(zeros: queries, keys)
    for key in 0..<keys {
      let vectors = Matrix(
        rows: heads, columns: written.columns, sources.flatMap { Array($0.row(key)) })
      let weights = Matrix(
        rows: queries, columns: heads,
        (0..<queries).flatMap { query in patterns.map { $0[query, key] } })
      let sums = weights.times(vectors.rowProducts)
      for query in 0..<queries {
        var square = 0.0
        let start = query * heads
        for head in start..<start + heads { square += sums.elements[head] * weights.elements[head] }
        norms[query, key] = max(square, 0).squareRoot()
      }
    }
    return norms
  }
}
