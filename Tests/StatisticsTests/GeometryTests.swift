import Foundation
import Statistics
import TestSupport
import Tensors
import Testing

@Suite struct GeometryTests {
  @Test(arguments: [(60, 5), (5, 40)])
  func principalComponentsFindTheLine(_ rows: Int, _ columns: Int) throws {
    // Points on a line, and a little noise.
    let noise = Samples.normal(rows, columns, seed: 1)
    let points = Matrix(
      (0..<rows).map { row in
        (0..<columns).map { 3 + (Double(row) - 2) * ($0 == 1 ? -2 : 1) + 1e-3 * noise[row, $0] }
      })
    let components = try PrincipalComponents(points, components: 3)
    let length = (Double(columns) + 3).squareRoot()
    #expect(components.shares[0] > 0.99999)
    #expect(components.directions.rows == 3)
    // The greatest coordinate is positive.
    expectClose([components.directions[0, 1]], [2 / length], absolute: 1e-2)
    expectClose([components.directions[0, 0]], [-1 / length], absolute: 1e-2)
    let projected = components.project(points)
    let variance = projected.column(0).reduce(0) { $0 + $1 * $1 } / Double(rows - 1)
    expectClose([variance], [components.variances[0]], relative: 1e-9)
    #expect(components.count(holding: 0.9) == 1)
  }

  @Test func principalComponentsOfTooLittle() throws {
    #expect(throws: StatisticsError.tooFew(what: "points", count: 1, least: 2)) {
      try PrincipalComponents(Matrix([[1, 2]]), components: 1)
    }
    #expect(throws: StatisticsError.notFinite(row: 0)) {
      try PrincipalComponents(Matrix([[.infinity], [2]]), components: 1)
    }
    let constant = try PrincipalComponents(Matrix(zeros: 4, 2), components: 5)
    #expect(constant.directions.rows == 2 && constant.shares[0].isNaN)
    #expect(constant.project(Matrix(zeros: 4, 2)) == Matrix(zeros: 4, 2))
  }

  static func distances(_ points: Matrix) -> Matrix {
    var matrix = points.squaredDistances
    for place in matrix.elements.indices {
      matrix.elements[place] = matrix.elements[place].squareRoot()
    }
    return matrix
  }

  @Test func scalingFindsThePlane() throws {
    let distances = Self.distances(Samples.normal(25, 2, seed: 2))
    for scaling in [
      try MultidimensionalScaling.classical(distances),
      try MultidimensionalScaling.metric(distances, seed: 3),
    ] {
      #expect(scaling.stress < 1e-6 && scaling.points.columns == 2)
      expectClose(Self.distances(scaling.points).elements, distances.elements, absolute: 1e-6)
    }
  }

  @Test func metricScalingIsNeverWorseThanTheClassicalOne() throws {
    let distances = Self.distances(Samples.normal(30, 6, seed: 4))
    let classical = try MultidimensionalScaling.classical(distances)
    let metric = try MultidimensionalScaling.metric(distances, seed: 1)
    #expect(metric.rawStress < classical.rawStress)
    let again = try MultidimensionalScaling.metric(distances, seed: 1)
    #expect(again.points == metric.points)
  }

  @Test func scalingRefusesWhatIsNoDistance() {
    #expect(throws: StatisticsError.notDistances(row: 1, column: 0)) {
      try MultidimensionalScaling.classical(Matrix([[0, 1], [2, 0]]))
    }
    #expect(throws: StatisticsError.notDistances(row: 0, column: 0)) {
      try MultidimensionalScaling.metric(Matrix([[1, 1], [1, 0]]), seed: 1)
    }
    #expect(throws: StatisticsError.self) {
      try MultidimensionalScaling.classical(Matrix(zeros: 2, 3))
    }
  }

  @Test func neighborsAreTheNearest() throws {
    let points = Samples.normal(300, 4, seed: 5)
    let nearest = try NearestNeighbors(points, count: 7)
    let all = points.squaredDistances
    for point in [0, 17, 299] {
      let expected = (0..<300).filter { $0 != point }.sorted { all[point, $0] < all[point, $1] }
      #expect(nearest.indices(of: point) == Array(expected.prefix(7)))
      expectClose(
        Array(nearest.squaredDistances(of: point)), expected.prefix(7).map { all[point, $0] },
        absolute: 1e-10)
    }
    #expect(try NearestNeighbors(Matrix([[1], [2], [4]]), count: 9).indices(of: 2) == [1, 0])
  }

  @Test func silhouettesOfKnownPoints() throws {
    let distances = Self.distances(Matrix([[0], [1], [10], [12]]))
    // For the first point a = 1, b = 11.
    expectClose(
      Silhouette.widths(distances, clusters: [5, 5, 2, 2]),
      [10.0 / 11, 0.9, 7.5 / 9.5, 9.5 / 11.5],
      absolute: 1e-12)
    #expect(Silhouette.widths(distances, clusters: [0, 1, 1, 1])[0] == 0)
    #expect(Silhouette.mean(distances, clusters: [1, 1, 1, 1]).isNaN)
  }

  @Test func agglomerationJoinsTheNearest() throws {
    let distances = Self.distances(Matrix([[0], [1], [10], [12], [30]]))
    let single = try Agglomeration(distances, linkage: .single)
    #expect(single.merges.map(\.distance).map { $0.rounded() } == [1, 2, 9, 18])
    #expect(single.merges.map(\.size) == [2, 2, 4, 5])
    #expect(single.merges[2].first == 5 && single.merges[2].second == 6)
    let average = try Agglomeration(distances)
    expectClose(average.merges.map(\.distance), [1, 2, 10.5, 24.25], absolute: 1e-9)
    let complete = try Agglomeration(distances, linkage: .complete)
    expectClose(complete.merges.map(\.distance), [1, 2, 12, 30], absolute: 1e-9)
    #expect(average.clusters(3) == [0, 0, 1, 1, 2])
    #expect(average.clusters(within: 1.5) == [0, 0, 1, 2, 3])
    #expect(average.clusters(1) == [0, 0, 0, 0, 0])
    #expect(average.clusters(99) == [0, 1, 2, 3, 4])
  }
}
