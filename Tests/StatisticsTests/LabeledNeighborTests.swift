import Foundation
import Statistics
import Tensors
import Testing

@Suite struct LabeledNeighborTests {
  private static let points = KMeansTests.points([[0, 0], [1, 0], [3, 0], [0, 2], [10, 10]])

  @Test func findsTheNearestFirst() throws {
    let found = try LabeledNeighbors.find(Self.points, count: 2)
    #expect(found == [[1, 3], [0, 2], [1, 0], [0, 1], [2, 3]])
  }

  @Test func cosinesLeaveTheOriginOut() throws {
    let found = try LabeledNeighbors.find(Self.points, count: 9, distance: .cosine)
    #expect(found[0] == [])
    #expect(found[1] == [2, 4, 3])
    #expect(found[4] == [1, 2, 3])
  }

  @Test func labelsKeepPointsApartOrTogether() throws {
    let apart = try LabeledNeighbors.find(Self.points, count: 2, apart: [0, 0, 1, 1, 2])
    #expect(apart[0] == [3, 2])
    let within = try LabeledNeighbors.find(Self.points, count: 2, within: [0, 1, 0, 1, 1])
    #expect(within[0] == [2])
    #expect(within[3] == [1, 4])
    #expect(throws: StatisticsError.self) {
      try LabeledNeighbors.find(Self.points, count: 2, within: [0])
    }
  }

  @Test func agreesWithAllDistances() throws {
    let points = KMeansTests.groups(400)
    let found = try LabeledNeighbors.find(points, count: 5)
    let distances = try Matrix(points).squaredDistances
    for row in stride(from: 0, to: 1200, by: 97) {
      let near = (0..<1200).filter { $0 != row }.sorted { distances[row, $0] < distances[row, $1] }
      #expect(found[row] == Array(near.prefix(5)))
    }
  }

  @Test func whitenedDirectionsHaveOneVariance() throws {
    var random = SeededGenerator(seed: 8)
    let rows = (0..<500).map { _ in
      let (x, y) = (random.normal(), random.normal())
      return [100 * x, x + y, 3, x - y]
    }
    let white = try Matrix(rows).whitened()
    #expect(white.columns == 2)
    let products = white.columnProducts
    for row in 0..<2 {
      for column in 0..<2 {
        #expect(abs(products[row, column] / 500 - (row == column ? 1 : 0)) < 1e-6)
      }
    }
  }

  @Test func whatHasNoDirectionOrNoScaleIsRefused() throws {
    #expect(throws: StatisticsError.constant(what: "the vectors")) {
      try Matrix([[1, 2], [1, 2], [1, 2]]).whitened()
    }
    for scale: Float in [1e20, 1e-20] {
      let points = Tensor<Float>(["row", .width], [3, 2], [1, 2, 3, 4, 5, 6].map { $0 * scale })
      #expect { try LabeledNeighbors.find(points, count: 1) } throws: {
        guard case StatisticsError.scale(let largest) = $0 else { return false }
        return abs(largest / Double(6 * scale) - 1) < 1e-6
      }
    }
  }

  @Test func pointwiseInformationHasTheMutualOneAsItsMean() throws {
    var random = SeededGenerator(seed: 1)
    let first = (0..<900).map { _ in random.index(below: 5) }
    let second = first.map { $0 * 10 + random.index(below: 3) }
    let shares = try Information.pointwise(first, second)
    let mean = shares.reduce(0, +) / 900
    #expect(abs(mean - ContingencyTable(first, second).mutualInformation) < 1e-12)
    let itself = try Information.pointwise((0..<1_000).map { $0 }, (0..<1_000).map { -$0 })
    #expect(itself.allSatisfy { abs($0 - log(1_000)) < 1e-12 })
    #expect(try Information.pointwise([0, 0, 1, 1], [0, 0, 0, 1])[2] < 0)
    #expect(throws: StatisticsError.self) { try Information.pointwise([1], []) }
  }
}
