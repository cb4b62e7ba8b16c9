import Statistics
import Tensors
import TestSupport
import Testing

@Suite(.serialized) struct KMeansTests {
  static func points(_ rows: [[Float]]) -> Tensor<Float> {
    Tensor([.row, .width], [rows.count, rows.first?.count ?? 0], rows.flatMap { $0 })
  }

  /// Three groups around corners that lie far apart.
  static func groups(_ each: Int, width: Int = 11, seed: UInt64 = 4) -> Tensor<Float> {
    var random = SeededGenerator(seed: seed)
    return points(
      (0..<3 * each).map { row in
        (0..<width).map { column in
          Float((column % 3 == row % 3 ? 10 : 0) + random.normal())
        }
      })
  }

  static func inertia(_ points: Tensor<Float>, _ clustering: Clustering) -> Double {
    var sum = 0.0
    for (row, cluster) in clustering.assignments.enumerated() {
      for column in 0..<points.shape[1] {
        let difference = Double(points[row, column]) - Double(clustering.centres[cluster, column])
        sum += difference * difference
      }
    }
    return sum
  }

  @Test(arguments: [1, 2, 3] as [UInt64]) func findsGroups(_ seed: UInt64) throws {
    let points = Self.groups(700)
    let clustering = try KMeans.fit(points: points, clusters: 3, seed: seed)
    let names = clustering.assignments[0..<3]
    #expect(Set(names).count == 3)
    #expect(
      clustering.assignments.indices.allSatisfy { clustering.assignments[$0] == names[$0 % 3] })
    #expect(clustering.centres.shape == [3, 11])
    // Centres are the means of their points.
    for (group, cluster) in names.enumerated() {
      for column in 0..<11 {
        let values = stride(from: group, to: 2100, by: 3).map { Double(points[$0, column]) }
        let mean = values.reduce(0, +) / Double(values.count)
        #expect(abs(Double(clustering.centres[cluster, column]) - mean) < 1e-5)
      }
    }
    let expected = Self.inertia(points, clustering)
    #expect(abs(clustering.inertia - expected) < 1e-5 * expected)
    #expect(try clustering.assign(points) == clustering.assignments)
  }

  @Test func moreRoundsAreNeverWorse() throws {
    let points = Self.groups(300, width: 5)
    var before = Double.infinity
    for iterations in 0...6 {
      let inertia = try KMeans.fit(points: points, clusters: 8, seed: 9, iterations: iterations)
        .inertia
      #expect(inertia <= before * (1 + 1e-6))
      before = inertia
    }
  }

  @Test func bitsDoNotDependOnThreads() throws {
    let threads = Workers.threads
    defer { Workers.threads = threads }
    let points = Self.groups(900, width: 13)
    var results: [(centres: [Float], assignments: [Int], inertia: Double)] = []
    for count in [1, 2, 5] {
      Workers.threads = count
      let clustering = try KMeans.fit(points: points, clusters: 20, seed: 3, iterations: 8)
      results.append((clustering.centres.elements, clustering.assignments, clustering.inertia))
    }
    for other in results.dropFirst() {
      #expect(other.centres == results[0].centres)
      #expect(other.assignments == results[0].assignments)
      #expect(other.inertia == results[0].inertia)
    }
    let same = try KMeans.fit(points: points, clusters: 20, seed: 4, iterations: 8)
    #expect(same.centres.elements != results[0].centres)
  }

  @Test func fewerDifferentPointsThanClusters() throws {
    let points = Self.points(Array(repeating: [1, 2], count: 5) + [[3, 4]])
    let clustering = try KMeans.fit(points: points, clusters: 4, seed: 1)
    #expect(clustering.inertia == 0)
    #expect(clustering.assignments[0] != clustering.assignments[5])
    #expect(clustering.centres.elements.allSatisfy { $0.isFinite })
  }

  @Test func asManyClustersAsPoints() throws {
    let points = Self.points([[0], [1], [5], [9], [20]])
    let clustering = try KMeans.fit(points: points, clusters: 5, seed: 1)
    #expect(Set(clustering.assignments).count == 5)
    #expect(clustering.inertia == 0)
  }

  @Test func refusesWhatCannotBe() throws {
    let points = Self.points([[0, 1], [2, 3]])
    #expect(throws: StatisticsError.clusterCount(3, points: 2)) {
      try KMeans.fit(points: points, clusters: 3, seed: 1)
    }
    #expect(throws: StatisticsError.clusterCount(0, points: 2)) {
      try KMeans.fit(points: points, clusters: 0, seed: 1)
    }
    #expect(throws: StatisticsError.notFinite(row: 1)) {
      try KMeans.fit(points: Self.points([[0], [.nan]]), clusters: 1, seed: 1)
    }
    #expect(throws: StatisticsError.self) {
      try KMeans.fit(points: Tensor(zeros: [.row], [4]), clusters: 1, seed: 1)
    }
    let clustering = try KMeans.fit(points: points, clusters: 1, seed: 1)
    #expect(throws: StatisticsError.self) { try clustering.assign(Self.points([[1, 2, 3]])) }
    #expect(try clustering.assign(Tensor(zeros: [.row, .width], [0, 2])) == [])
  }
}
