import Analysis
import Faults
import Testing
import Transformers

@Suite struct TokenNeighborsTests {
  private func cosine(_ a: [Double], _ b: [Double]) -> Double {
    func dot(_ x: [Double], _ y: [Double]) -> Double { zip(x, y).reduce(0) { $0 + $1.0 * $1.1 } }
    return dot(a, b) / (dot(a, a) * dot(b, b)).squareRoot()
  }

  @Test(arguments: Precision.allCases)
  func neighboursAreTheNearestRows(precision: Precision) throws {
    let runtime = try Fixture("gpt2").model.runtime(precision)
    let rows = try (0..<23).map { try runtime.tokenRows([$0]).doubles }
    let neighbors = try runtime.neighbors(of: 5, count: 4)
    let expected = (0..<23).filter { $0 != 5 }
      .sorted { cosine(rows[5], rows[$0]) > cosine(rows[5], rows[$1]) }.prefix(4)
    #expect(neighbors.nearest.map(\.id) == Array(expected))
    #expect(neighbors.skipped == 0)
    for neighbor in neighbors.nearest {
      #expect(abs(neighbor.cosine - cosine(rows[5], rows[neighbor.id])) < 1e-12)
      #expect(abs(try runtime.cosine(5, neighbor.id) - neighbor.cosine) < 1e-12)
    }
    #expect(abs(try runtime.cosine(5, 5) - 1) < 1e-12)
  }

  @Test func aRowOfZerosHasNoDirection() throws {
    let model = try TinyModels.gpt2(zeroRow: 3)
    let runtime = try model.runtime(.single)
    #expect(try runtime.neighbors(of: 1, count: 100).skipped == 1)
    #expect(try runtime.neighbors(of: 1, count: 100).nearest.allSatisfy { $0.id != 3 })
    #expect(try runtime.cosine(1, 3).isNaN)
    #expect(throws: Fault.self) { try runtime.neighbors(of: 3, count: 1) }
    #expect(throws: Fault.self) { try runtime.neighbors(of: 9999, count: 1) }
  }
}
