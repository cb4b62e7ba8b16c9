import Foundation
import Statistics
import TestSupport
import Tensors
import Testing

@Suite struct NeighborEmbeddingTests {
  static func run(
    _ points: Matrix, _ change: (inout NeighborEmbedding.Settings) -> Void = { _ in }
  ) throws -> NeighborEmbedding {
    var settings = NeighborEmbedding.Settings()
    change(&settings)
    var embedding = try NeighborEmbedding(points, settings: settings)
    embedding.run { _ in }
    return embedding
  }

  @Test func farGroupsStayPure() throws {
    let (points, labels) = Samples.groups(3, each: 50, width: 10, distance: 30, seed: 1)
    let embedding = try Self.run(points)
    #expect(embedding.isExact && embedding.settings.perplexity == 30)
    #expect(try NeighborPurity(embedding.plane, labels: labels).mean == 1)
    // The divergence falls once attraction is no longer exaggerated.
    let after = embedding.history.filter { $0.iteration >= 250 }
    #expect(after.count == 16)
    for (one, next) in zip(after, after.dropFirst()) {
      #expect(next.divergence <= one.divergence + 1e-6)
    }
    #expect(embedding.divergence < after[0].divergence && embedding.divergence > 0)
  }

  @Test func theSameSeedGivesTheSamePlane() throws {
    let points = Samples.normal(80, 6, seed: 2)
    let one = try Self.run(points) { $0.iterations = 300 }
    #expect(one.plane == (try Self.run(points) { $0.iterations = 300 }.plane))
    let other = try Self.run(points) {
      $0.iterations = 300
      $0.seed = 1
    }
    #expect(one.plane != other.plane)
  }

  @Test func theTreeIsCloseToAllPairs() throws {
    let (points, labels) = Samples.groups(4, each: 60, width: 8, distance: 12, seed: 3)
    let exact = try Self.run(points) { $0.iterations = 500 }
    let tree = try Self.run(points) {
      $0.iterations = 500
      $0.mostExact = 10
    }
    #expect(!tree.isExact)
    #expect(try NeighborPurity(tree.plane, labels: labels).mean > 0.99)
    #expect(abs(tree.divergence - exact.divergence) < 0.15)
  }

  @Test func fewPointsLowerThePerplexity() throws {
    let embedding = try Self.run(Samples.normal(10, 3, seed: 5)) { $0.iterations = 50 }
    #expect(embedding.settings.perplexity == 3)
    #expect(throws: StatisticsError.tooFew(what: "points", count: 3, least: 4)) {
      try NeighborEmbedding(Samples.normal(3, 2, seed: 1))
    }
    #expect(throws: StatisticsError.notFinite(row: 2)) {
      try NeighborEmbedding(Matrix([[1], [2], [.nan], [3]]))
    }
  }

  @Test func equalPointsDoNotBreakIt() throws {
    let embedding = try Self.run(Matrix(zeros: 20, 3)) { $0.iterations = 100 }
    #expect(embedding.plane.firstRowNotFinite == nil && embedding.divergence.isFinite)
    let tree = try Self.run(Matrix(zeros: 20, 1)) {
      $0.iterations = 100
      $0.mostExact = 5
    }
    #expect(tree.plane.firstRowNotFinite == nil)
  }

  @Test func stopsWhenAsked() throws {
    struct Stop: Error {}
    var embedding = try NeighborEmbedding(Samples.normal(20, 3, seed: 6))
    var calls = 0
    #expect(throws: Stop.self) {
      try embedding.run { iteration throws(Stop) in
        calls += 1
        if iteration == 3 { throw Stop() }
      }
    }
    #expect(calls == 4)
  }
}
