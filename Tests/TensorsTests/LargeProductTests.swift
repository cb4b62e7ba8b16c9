import Testing

@testable import Tensors

/// Products that are cut into more pieces than there are threads.
@Suite struct LargeProductTests {
  private static let size = ProductSize(rows: 1100, columns: 600, inner: 512)

  private static func operands() throws -> (x: Tensor<Float>, weight: LinearWeight<Float>) {
    var numbers = Numbers(seed: 30)
    let x: Tensor<Float> = numbers.tensor([.position, .width], [size.rows, size.inner])
    let matrix: Tensor<Float> = numbers.tensor(["in", "out"], [size.inner, size.columns])
    let bias: Tensor<Float> = numbers.tensor(["out"], [size.columns])
    return (x, try LinearWeight(matrix, layout: .inputByOutput, bias: bias))
  }

  @Test func everyPieceIsComputed() throws {
    #expect(ProductCut(Self.size, threads: 2).rowPieces == 3)
    let (x, weight) = try Self.operands()
    let result = Kernels.linear(x, weight)
    let (line, matrix) = (x.doubles, weight.matrix.doubles)
    for row in stride(from: 0, to: Self.size.rows, by: 73) {
      for column in stride(from: 0, to: Self.size.columns, by: 37) {
        var sum = Double(weight.bias?.elements[column] ?? 0)
        for i in 0..<Self.size.inner {
          sum += line[row * Self.size.inner + i] * matrix[i * Self.size.columns + column]
        }
        #expect(abs(Double(result[row, column]) - sum) < 1e-4)
      }
    }
    #expect(sameBits(result, Kernels.linear(x, weight)))
  }

  @Test(arguments: [
    (1, 1, 1, 8), (5, 768, 2304, 2), (128, 50257, 768, 2), (1024, 768, 3072, 3), (7, 3, 100_000, 4),
    (100_000, 3, 7, 4),
  ])
  func piecesAreSmallAndNotTooMany(rows: Int, columns: Int, inner: Int, threads: Int) {
    let cut = ProductCut(
      ProductSize(rows: rows, columns: columns, inner: inner), threads: threads)
    #expect(cut.rowPieces <= rows && cut.columnPieces <= columns)
    let row = (0..<cut.rowPieces).map { ProductCut.part($0, of: cut.rowPieces, rows).count }
    let column = (0..<cut.columnPieces).map {
      ProductCut.part($0, of: cut.columnPieces, columns).count
    }
    #expect(row.reduce(0, +) == rows && column.reduce(0, +) == columns)
    let largest = (row.max() ?? 0) * (column.max() ?? 0) * inner
    #expect(largest <= 1 << 28 || (column.max() ?? 0) <= 128)
  }
}
