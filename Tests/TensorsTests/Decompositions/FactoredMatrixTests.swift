import Tensors
import Testing

@Suite struct FactoredMatrixTests {
  private func random(_ rows: Int, _ columns: Int, _ seed: UInt64) -> Matrix {
    var source = SeededGenerator(seed: seed)
    return Matrix(
      rows: rows, columns: columns, (0..<rows * columns).map { _ in source.normal() })
  }

  @Test func factorsGiveWhatTheProductGives() throws {
    let one = FactoredMatrix(random(9, 3, 1), random(3, 7, 2))
    let other = FactoredMatrix(random(9, 2, 3), random(2, 7, 4))
    #expect(abs(one.inner(other) - one.product.entrySum(times: other.product)) < 1e-12)
    #expect(abs(one.squaredNorm - one.product.squaredNorm) < 1e-11)
    let map = random(7, 5, 5)
    let seen = one.product.times(map).squaredNorm
    #expect(abs(one.squaredNorm(behind: map.rowProducts) - seen) < 1e-10)
    let dense = try one.product.singularValues()
    let parts = try one.singularValueDecomposition()
    for (small, large) in zip(parts.values, dense) { #expect(abs(small - large) < 1e-10) }
    #expect(try one.singularValues().count == 3)
    let rebuilt = parts.left.scaling(columns: parts.values).times(parts.right)
    for (small, large) in zip(rebuilt.elements, one.product.elements) {
      #expect(abs(small - large) < 1e-10)
    }
  }
}
