import Foundation
import TestSupport
import Tensors
import Testing

@Suite struct DecompositionTests {
  static func random(_ rows: Int, _ columns: Int, seed: UInt64 = 3) -> Matrix {
    var random = SeededGenerator(seed: seed)
    return Matrix(rows: rows, columns: columns, (0..<rows * columns).map { _ in random.normal() })
  }

  static func expectIdentity(_ matrix: Matrix, sourceLocation: SourceLocation = #_sourceLocation) {
    expectClose(
      matrix.elements, Matrix(identity: matrix.rows).elements, absolute: 1e-12,
      sourceLocation: sourceLocation)
  }

  @Test(arguments: [(9, 4), (4, 9), (40, 40), (1, 3), (3, 1)])
  func singularValuesRebuildTheMatrix(_ rows: Int, _ columns: Int) throws {
    let matrix = Self.random(rows, columns)
    let parts = try matrix.singularValueDecomposition()
    #expect(parts.left.columns == min(rows, columns) && parts.right.rows == min(rows, columns))
    Self.expectIdentity(parts.left.columnProducts)
    Self.expectIdentity(parts.right.rowProducts)
    #expect(parts.values == parts.values.sorted(by: >))
    expectClose(
      parts.left.scaling(columns: parts.values).times(parts.right).elements, matrix.elements,
      absolute: 1e-12)
    expectClose(try matrix.singularValues(), parts.values, absolute: 1e-12)
  }

  @Test func singularValuesOfAKnownMatrix() throws {
    // AᵀA = [[25, 20], [20, 25]] has the eigenvalues 45 and 5.
    let parts = try Matrix([[3, 0], [4, 5]]).singularValueDecomposition()
    expectClose(parts.values, [Double(45).squareRoot(), Double(5).squareRoot()], absolute: 1e-14)
    let deficient = try Matrix([[1, 2], [2, 4], [3, 6]]).singularValueDecomposition()
    #expect(deficient.rank() == 1)
    #expect(try Matrix(zeros: 3, 2).singularValueDecomposition().rank() == 0)
    #expect(try Matrix(zeros: 0, 2).singularValues() == [])
  }

  @Test func eigenvaluesOfAKnownMatrix() throws {
    let eigen = try Matrix([[2, 1, 0], [1, 2, 0], [0, 0, -5]]).symmetricEigen()
    expectClose(eigen.values, [3, 1, -5], absolute: 1e-14)
    let half = Double(0.5).squareRoot()
    expectClose(eigen.vectors.row(0).map(abs), [half, half, 0], absolute: 1e-14)
    let matrix = Self.random(30, 12).columnProducts
    let found = try matrix.symmetricEigen()
    expectClose(
      found.vectors.times(matrix).times(found.vectors, otherTransposed: true).elements,
      Matrix(identity: 12).scaling(columns: found.values).elements, absolute: 1e-11)
  }

  @Test(arguments: [(9, 4), (4, 9), (6, 6)])
  func qrRebuildsTheMatrix(_ rows: Int, _ columns: Int) throws {
    let matrix = Self.random(rows, columns)
    let factors = try matrix.qr()
    Self.expectIdentity(factors.orthonormalRows.rowProducts)
    expectClose(
      factors.orthonormal.times(factors.triangle).elements, matrix.elements, absolute: 1e-12)
    for row in 0..<factors.triangle.rows {
      for column in 0..<row { #expect(factors.triangle[row, column] == 0) }
    }
  }

  @Test func leastSquaresFindsALine() throws {
    // y = 2x + 1 with the residuals 1, -2, 1, which are orthogonal to both columns.
    let x = Matrix([[0, 1], [1, 1], [2, 1]])
    let solution = try x.leastSquares(Matrix([[2], [1], [6]]))
    expectClose(solution.elements, [2, 1], absolute: 1e-13)
    // Of two equal columns each takes half: the least norm.
    let twice = try Matrix([[1, 1], [2, 2]]).leastSquares(Matrix([[2], [4]]))
    expectClose(twice.elements, [1, 1], absolute: 1e-13)
    // With a ridge the solution is (xᵀx + r)⁻¹xᵀy.
    let ridged = try Matrix([[1], [1]]).leastSquares(Matrix([[3], [3]]), ridge: 1)
    expectClose(ridged.elements, [2], absolute: 1e-13)
  }

  @Test func refusesWhatIsNotFinite() {
    let matrix = Matrix([[1, 2], [3, .nan], [.infinity, 1]])
    #expect(throws: DecompositionError.notFinite(row: 1)) { try matrix.singularValues() }
    #expect(throws: DecompositionError.notFinite(row: 1)) { try matrix.qr() }
    #expect(throws: DecompositionError.notFinite(row: 1)) {
      try matrix.leastSquares(Matrix(zeros: 3, 1))
    }
    #expect(throws: DecompositionError.notFinite(row: 0)) {
      try Matrix([[Double.nan]]).symmetricEigen()
    }
  }

  @Test func productsReadTransposes() throws {
    let (a, b) = (Matrix([[1, 2, 3], [4, 5, 6]]), Matrix([[1, 0], [0, 2], [1, 1]]))
    #expect(a.times(b) == Matrix([[4, 7], [10, 16]]))
    #expect(a.times(b, transposed: true, otherTransposed: true) == b.times(a).transposed)
    #expect(a.columnProducts == a.transposed.times(a))
    #expect(a.transposed.transposed == a)
    #expect(Self.random(70, 45).transposed.transposed == Self.random(70, 45))
    #expect(a.centred == Matrix([[-1.5, -1.5, -1.5], [1.5, 1.5, 1.5]]))
    #expect(a.selecting(columns: [2, 0]) == Matrix([[3, 1], [6, 4]]))
    #expect(a.selecting(rows: [1, 1]).row(1) == [4, 5, 6])
    expectClose(
      Matrix([[0, 0], [3, 4], [0, 1]]).squaredDistances.elements, [0, 25, 1, 25, 0, 18, 1, 18, 0],
      absolute: 1e-13)
    let tensor = Tensor<Float>(["row", "width"], [2, 2], [1, 2, 3, 4])
    #expect(try Matrix(tensor) == Matrix([[1, 2], [3, 4]]))
    #expect(throws: TensorError.self) { try Matrix(Tensor<Float>(["row"], [2], [1, 2])) }
  }
}
