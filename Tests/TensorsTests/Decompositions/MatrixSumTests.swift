import Foundation
import TestSupport
import Tensors
import Testing

/// Sums and products that run in pieces and lanes, against plain loops.
@Suite struct MatrixSumTests {
  static func matrix(_ rows: Int, _ columns: Int, seed: UInt64) -> Matrix {
    var random = SeededGenerator(seed: seed)
    return Matrix(
      rows: rows, columns: columns, (0..<rows * columns).map { _ in random.normal() + 1 })
  }

  @Test(arguments: [(1, 1), (7, 3), (700, 21), (3, 300), (260, 131), (40, 40)])
  func symmetricProductsAreProducts(_ rows: Int, _ columns: Int) {
    let x = Self.matrix(rows, columns, seed: 1)
    let (wide, tall) = (x.rowProducts, x.columnProducts)
    for (found, expected) in [
      (wide, x.times(x, otherTransposed: true)), (tall, x.times(x, transposed: true)),
    ] {
      #expect(found.rows == expected.rows && found.columns == expected.columns)
      expectClose(found.elements, expected.elements, absolute: 1e-9)
      #expect(found == found.transposed)
    }
  }

  @Test(arguments: [(1, 1), (5, 9), (300, 37), (2, 40_000)])
  func sumsAreThoseOfLoops(_ rows: Int, _ columns: Int) {
    let (x, y) = (Self.matrix(rows, columns, seed: 2), Self.matrix(rows, columns, seed: 3))
    let products = zip(x.elements, y.elements).map(*)
    expectClose(
      [x.entrySum(times: y), x.squaredNorm],
      [products.reduce(0, +), x.elements.reduce(0) { $0 + $1 * $1 }], absolute: 1e-7)
    expectClose(
      x.rowSums(times: y),
      (0..<rows).map { products[$0 * columns..<($0 + 1) * columns].reduce(0, +) }, absolute: 1e-8)
    let means = (0..<columns).map { x.column($0).reduce(0, +) / Double(rows) }
    expectClose(x.columnMeans, means, absolute: 1e-12)
    #expect(x.centred.columnMeans.allSatisfy { abs($0) < 1e-12 })
  }

  @Test func whatIsNotFiniteIsFound() {
    var x = Self.matrix(400, 33, seed: 4)
    #expect(x.firstRowNotFinite == nil)
    x.elements[0] = .greatestFiniteMagnitude
    x.elements[1] = .greatestFiniteMagnitude
    #expect(x.firstRowNotFinite == nil)
    for (place, value) in [(33 * 399 + 32, Double.nan), (33 * 17, -.infinity)] {
      x.elements[place] = value
      #expect(x.firstRowNotFinite == place / 33)
    }
  }

  @Test func kernelsOfDistances() {
    let x = Self.matrix(21, 4, seed: 5)
    let squares = x.squaredDistances
    let kernel = squares.exponentials(factor: -0.3)
    let centred = kernel.doublyCentred
    for row in 0..<21 {
      for column in 0..<21 {
        let square = zip(x.row(row), x.row(column)).reduce(0) {
          $0 + ($1.0 - $1.1) * ($1.0 - $1.1)
        }
        #expect(abs(squares[row, column] - square) < 1e-12)
      }
      #expect(kernel[row, row] == 1)
      #expect(abs(centred.row(row).reduce(0, +)) < 1e-12)
    }
    expectClose(
      kernel.elements, squares.elements.map { exp(-0.3 * $0) }, absolute: 1e-14)
  }
}
