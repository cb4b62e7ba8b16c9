/// A matrix of low rank as the product of a tall and a wide one, which is never multiplied out.
///
/// What a head reads and writes are such matrices: width × width, of the rank of one head.
public struct FactoredMatrix: Sendable, Hashable {
  /// Rows × rank.
  public let left: Matrix
  /// Rank × columns.
  public let right: Matrix

  /// A product; the inner sizes must agree.
  public init(_ left: Matrix, _ right: Matrix) {
    precondition(left.columns == right.rows, "the inner sizes of a product must agree")
    self.left = left
    self.right = right
  }

  /// The product, multiplied out.
  public var product: Matrix { left.times(right) }

  /// The inner product with another matrix of the same shape: the sum over all entries of their
  /// products.
  public func inner(_ other: FactoredMatrix) -> Double {
    let between = left.times(other.left, transposed: true)
    let across = right.times(other.right, otherTransposed: true)
    return between.entrySum(times: across)
  }

  /// The sum of the squares of all entries.
  public var squaredNorm: Double { max(inner(self), 0) }

  /// The sum of squares behind a linear map whose Gram matrix MMᵀ is given: ‖self · M‖².
  ///
  /// - Parameter gram: columns × columns, symmetric.
  public func squaredNorm(behind gram: Matrix) -> Double {
    let seen = right.times(gram).times(right, otherTransposed: true)
    return max(left.columnProducts.entrySum(times: seen), 0)
  }

  /// The singular value decomposition, through the small factors: left rows × rank, right rank ×
  /// columns.
  ///
  /// - Throws: `DecompositionError` when a number is not finite or the iteration fails.
  public func singularValueDecomposition() throws(DecompositionError) -> SingularValues {
    let tall = try left.qr()
    let wide = try right.transposed.qr()
    let core = try tall.triangle.times(wide.triangle, otherTransposed: true)
      .singularValueDecomposition()
    return SingularValues(
      left: tall.orthonormal.times(core.left), values: core.values,
      right: core.right.times(wide.orthonormalRows))
  }

  /// The singular values alone, the greatest first.
  ///
  /// - Throws: as `singularValueDecomposition`.
  public func singularValues() throws(DecompositionError) -> [Double] {
    let tall = try left.qr()
    let wide = try right.transposed.qr()
    return try tall.triangle.times(wide.triangle, otherTransposed: true).singularValues()
  }
}
