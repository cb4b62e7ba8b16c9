import Foundation
import Statistics
import TestSupport
import Tensors
import Testing

@Suite struct ViewComparisonTests {
  typealias Settings = ViewComparison.Settings

  /// A view and a noisy linear map of it.
  static func pair(_ rows: Int, _ width: Int, noise: Double, seed: UInt64 = 1) -> (Matrix, Matrix) {
    let x = Samples.normal(rows, width, seed: seed)
    let mapped = x.times(Samples.normal(width, width, seed: seed + 1))
    let other = Samples.normal(rows, width, seed: seed + 2)
    let y = zip(mapped.elements, other.elements).map { $0 + noise * $1 }
    return (x, Matrix(rows: rows, columns: width, y))
  }

  @Test(arguments: ViewComparison.Method.allCases)
  func everyMethodHasItsNullAndInterval(_ method: ViewComparison.Method) throws {
    let (x, y) = Self.pair(400, 8, noise: 1)
    var settings = Settings(method)
    settings.shuffles = 19
    let found = try ViewComparison(x, y, settings)
    #expect(found.scores.map(\.weights) == (method == .pwcca ? ["first", "second", "mean"] : [""]))
    for score in found.scores {
      #expect(score.p == 0.05 && score.similarity.value > score.null + 0.2)
      #expect(score.similarity.low < score.similarity.value)
      #expect(score.similarity.high > score.similarity.value)
      #expect(score.similarity.high - score.similarity.low < 0.15)
      #expect(score.correctedDistance < 0.9)
    }
    #expect(found.count == 400)
    let same = try ViewComparison(x, x, settings)
    expectClose([same.score.similarity.value, same.score.distance], [1, 0], absolute: 1e-9)
  }

  /// Numbers that are one number up to rounding are no directions, for any method.
  @Test(arguments: ViewComparison.Method.allCases)
  func constantUpToRoundingIsConstant(_ method: ViewComparison.Method) throws {
    let other = Samples.normal(200, 8, seed: 1)
    let row = Samples.normal(1, 8, seed: 2).elements
    let wobble = Samples.normal(200, 8, seed: 3)
    let same = Matrix((0..<200).map { _ in row })
    let nearly = Matrix(
      (0..<200).map { place in (0..<8).map { row[$0] * (1 + 1e-15 * wobble[place, $0]) } })
    let single = Matrix(
      (0..<200).map { place in
        (0..<8).map { Double(Float(row[$0]) * (1 + 6e-8 * Float(wobble[place, $0]))) }
      })
    for view in [same, nearly, single] {
      #expect(throws: StatisticsError.constant(what: "the first view")) {
        try ViewComparison(view, other, Settings(method))
      }
      #expect(throws: StatisticsError.constant(what: "the second view")) {
        try ViewComparison(other, view, Settings(method))
      }
      let components = try PrincipalComponents(view, components: 3)
      #expect(components.totalVariance == 0 && components.shares.allSatisfy(\.isNaN))
    }
    // A small spread on a great mean is a spread.
    let small = Matrix(
      (0..<200).map { place in (0..<8).map { 1000 + 1e-6 * wobble[place, $0] } })
    #expect(try !ViewComparison(small, other, Settings(method)).score.similarity.value.isNaN)
  }

  /// The interval by influence against the one by forming everything anew.
  @Test(
    arguments: [.pwcca, .cca, .biasedCKA, .procrustes, .gaussianCKA] as [ViewComparison.Method])
  func theIntervalIsThatOfTheBootstrap(_ method: ViewComparison.Method) throws {
    let (x, y) = Self.pair(300, 3, noise: 2, seed: 5)
    var settings = Settings(method)
    settings.shuffles = 0
    let found = try ViewComparison(x, y, settings).score.similarity
    var bare = settings
    bare.resamples = 0
    // Duplicated rows leave the estimate where it is, up to its bias, which is small here.
    let anew = Bootstrap.estimate(units: 300, resamples: 200, seed: 3) { rows in
      let drawn = try? ViewComparison(x.selecting(rows: rows), y.selecting(rows: rows), bare)
      return drawn?.score.similarity.value ?? .nan
    }
    let (width, expected) = (found.high - found.low, anew.high - anew.low)
    #expect(abs(width - expected) < 0.3 * expected, "\(width) where \(expected) was expected")
    #expect(abs(found.value - anew.value) < 1e-12)
  }

  @Test func unitsWidenTheInterval() throws {
    // Each row ten times: as much as a tenth of the rows.
    let (x, y) = Self.pair(60, 3, noise: 2)
    let rows = (0..<600).map { $0 / 10 }
    var settings = Settings()
    settings.shuffles = 0
    let alone = try ViewComparison(x.selecting(rows: rows), y.selecting(rows: rows), settings)
    settings.units = rows
    let grouped = try ViewComparison(x.selecting(rows: rows), y.selecting(rows: rows), settings)
    let (narrow, wide) = (alone.score.similarity, grouped.score.similarity)
    let ratio = (wide.high - wide.low) / (narrow.high - narrow.low)
    #expect(ratio > 2.5 && ratio < 4)
  }

  @Test func sampleSizesHaveTheirRules() throws {
    let (x, y) = Self.pair(100, 20, noise: 1)
    var settings = Settings()
    settings.shuffles = 2
    let few = try ViewComparison(x, y, settings)
    #expect(few.notes.contains { $0.contains("100 rows for 20 directions") })
    #expect(throws: StatisticsError.tooFew(what: "rows for 20 directions", count: 30, least: 40)) {
      try ViewComparison(
        x.selecting(rows: Array(0..<30)), y.selecting(rows: Array(0..<30)), settings)
    }
    // Kernel alignment, or a reduction, are what is left.
    let rows = Array(0..<30)
    #expect(
      try ViewComparison(x.selecting(rows: rows), y.selecting(rows: rows), Settings(.cka)).count
        == 30)
    settings.isReduced = true
    let reduced = try ViewComparison(x, y, settings)
    #expect(reduced.count == 50 && reduced.ranks.first <= 5)
    #expect(reduced.notes.contains { $0.contains("principal components") })
    let dependent = try ViewComparison(
      x.selecting(columns: [0, 1, 0]), y.selecting(columns: [1, 2]), Settings())
    #expect(dependent.notes.contains { $0.contains("2 directions in 3 columns") })
    let large = try ViewComparison(
      Samples.normal(250, 20, seed: 3), Samples.normal(250, 20, seed: 4), Settings(.cca))
    #expect(large.notes.isEmpty && large.score.p > 0.04)
    #expect(abs(large.score.correctedDistance - 1) < 0.1)
  }

  @Test(arguments: [.pwcca, .cka, .procrustes] as [ViewComparison.Method])
  func gridsAreTheSinglePairs(_ method: ViewComparison.Method) throws {
    let first = [Samples.normal(120, 5, seed: 1), Samples.normal(120, 4, seed: 2)]
    let second = [first[0].times(Samples.normal(5, 5, seed: 3)), first[1], first[0]]
    let grid = try ViewComparison.grid(first, second, Settings(method))
    for row in 0..<2 {
      for column in 0..<3 {
        let single = try ViewComparison(first[row], second[column], Settings(method))
        expectClose(
          [grid.similarities[row, column]], [single.score.similarity.value], absolute: 1e-9)
      }
    }
    #expect(grid.nullMean.isFinite)
    let own = try ViewComparison.grid(second, nil, Settings(method))
    let both = try ViewComparison.grid(second, second, Settings(method))
    expectClose(own.similarities.elements, both.similarities.elements, absolute: 1e-9)
  }

  @Test func planesAreScored() throws {
    let (points, labels) = Samples.groups(3, each: 30, width: 6, distance: 9, seed: 4)
    let plane = try PrincipalComponents(points, components: 2).project(points)
    let scores = try PlaneScores(points: points, plane: plane, labels: labels)
    #expect(scores.accuracy.value > 0.98 && scores.purity > 0.98 && scores.planePurity > 0.95)
    expectClose([scores.majority, scores.chance], [1.0 / 3, 29.0 / 89], absolute: 1e-12)
    #expect(abs(scores.null.value - 1.0 / 3) < 0.01 && scores.p < 0.01)
    #expect(scores.null.low < 1.0 / 3 && scores.null.high > 1.0 / 3 && scores.null.high < 0.6)
    let single = try PlaneScores(points: points, plane: plane, labels: labels.map { _ in 0 })
    #expect(single.accuracy.value.isNaN && single.purity.isNaN)
  }
}
