import Statistics
import TestSupport
import Tensors
import Testing

@Suite struct ResamplingTests {
  @Test func meansHaveTheNormalInterval() {
    var random = SeededGenerator(seed: 7)
    let values = (0..<400).map { _ in 3 + random.normal() }
    let mean = values.reduce(0, +) / 400
    let deviation = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 400).squareRoot()
    let estimate = Bootstrap.mean(values, seed: 1)
    #expect(abs(estimate.value - mean) < 1e-12 && estimate.skipped == 0)
    // ±1.96 standard errors, up to what 1,000 resamples can tell.
    #expect(abs(estimate.low - (mean - 1.96 * deviation / 20)) < 0.02)
    #expect(abs(estimate.high - (mean + 1.96 * deviation / 20)) < 0.02)
    #expect(estimate == Bootstrap.mean(values, seed: 1))
    #expect(estimate != Bootstrap.mean(values, seed: 2))
    let closure = Bootstrap.estimate(units: 400, seed: 1) { places in
      places.reduce(0) { $0 + values[$1] } / 400
    }
    expectClose(
      [closure.value, closure.low, closure.high], [mean, estimate.low, estimate.high],
      absolute: 1e-9)
  }

  @Test func ratiosLeaveOutWhatHasNoValue() {
    let estimate = Bootstrap.ratio([1, .nan, 2, 0], [2, 5, 4, 0], seed: 1)
    #expect(estimate.value == 0.5 && estimate.low.isNaN && estimate.high.isNaN)
    #expect(estimate.skipped == 2)
    let nothing = Bootstrap.ratio([1, 2], [0, 0], seed: 1)
    #expect(nothing.value.isNaN && nothing.low.isNaN && nothing.skipped == 2)
    #expect(Bootstrap.mean([], seed: 1).value.isNaN)
    let one = Bootstrap.mean([4], seed: 1)
    #expect(one.value == 4 && one.low.isNaN && one.high.isNaN, "one unit has no interval")
    let kept = Bootstrap.mean([4, .nan], seed: 1)
    #expect(kept.value == 4 && kept.low.isNaN && kept.skipped == 1)
  }

  @Test func manyRatiosAreTheSingleOnes() {
    var random = SeededGenerator(seed: 5)
    let tops = Matrix(rows: 30, columns: 3, (0..<90).map { _ in random.uniform() })
    let bottoms = Matrix(rows: 30, columns: 1, (0..<30).map { _ in 1 + random.uniform() })
    let together = Bootstrap.ratios(tops, bottoms, seed: 9)
    for column in 0..<3 {
      let alone = Bootstrap.ratio(tops.column(column), bottoms.elements, seed: 9)
      expectClose(
        [together[column].value, together[column].low, together[column].high],
        [alone.value, alone.low, alone.high], absolute: 1e-12)
    }
    #expect(Bootstrap.counts(units: 12, resamples: 4, seed: 1).row(2).reduce(0, +) == 12)
  }

  @Test func quantilesInterpolate() {
    #expect(Quantile.of(sorted: [1, 2, 4], 0.25) == 1.5)
    #expect(Quantile.of(sorted: [1, 2, 4], 1) == 4)
    #expect(Quantile.of(sorted: [], 0.5).isNaN)
  }

  @Test func quantilesOfManyNumbersNeedNoOrder() {
    var random = SeededGenerator(seed: 3)
    let even = (0..<20_000).map { _ in random.normal() }
    // Nearly all in one bin, and some of them equal.
    let skewed = even.map { ($0 * 4).rounded() } + [1e9, -1e9]
    for numbers in [even, Array(even.dropLast()), skewed, [3, 1, 2], [5]] {
      for share in [0, 0.25, 0.5, 0.999, 1] {
        #expect(Quantile.of(numbers, share) == Quantile.of(sorted: numbers.sorted(), share))
      }
    }
    #expect(Quantile.of([], 0.5).isNaN)
  }

  @Test func permutationTestsFindWhatIsThere() {
    let apart = PermutationTest.difference([5, 6, 7, 5, 6, 7], [1, 2, 1, 2, 1, 2], seed: 3)
    #expect(apart.observed == 4.5 && abs(apart.nullMean) < 0.3)
    // Two of the 924 ways to choose six are as extreme.
    #expect(apart.p < 0.01 && apart.p >= 1.0 / 1001)
    let same = PermutationTest.difference([1, 2, 3], [1, 2, 3], seed: 3)
    #expect(same.p == 1)
    let shifted = PermutationTest.paired([1, 2, 1, 2, 1, 2, 1, 2, 1, 2], lines: 1, seed: 3)
    #expect(shifted.observed == 1.5 && shifted.p < 0.01)
    #expect(PermutationTest.result(observed: 1, null: [0, 1, 2], tail: .greater).p == 0.75)
    #expect(PermutationTest.result(observed: 1, null: [0, 1, .nan], tail: .less).p == 1)
    #expect(PermutationTest.result(observed: .nan, null: [0]).p.isNaN)
  }

  @Test func theMaximumCorrectsForMany() {
    let p = PermutationTest.maximum(
      observed: [5, 0.5, .nan], null: [[1, 2, 0], [0, 0, 1], [.nan, 4, 0]])
    #expect(p[0] == 0.25 && p[1] == 1 && p[2].isNaN)
  }

  @Test func falseDiscoveriesAreBounded() {
    // Benjamini and Hochberg's own example: four of fifteen at q = 0.05.
    let p = [
      0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262,
      0.5719, 0.6528, 0.7590, 1,
    ]
    #expect(BenjaminiHochberg.discoveries(p).prefix { $0 }.count == 4)
    #expect(BenjaminiHochberg.discoveries(p).count { $0 } == 4)
    expectClose(
      BenjaminiHochberg.adjusted([0.01, 0.04, .nan, 0.03]), [0.03, 0.04, .nan, 0.04],
      absolute: 1e-15)
    #expect(BenjaminiHochberg.adjusted([]) == [])
  }

  @Test func drawsAreFair() {
    var random = SeededGenerator(seed: 11)
    #expect(random.permutation(50).sorted() == Array(0..<50))
    #expect(random.sample(10, of: 4) == [0, 1, 2, 3])
    var hits = [Int](repeating: 0, count: 5)
    for _ in 0..<5000 { for place in random.sample(2, of: 5) { hits[place] += 1 } }
    #expect(hits.allSatisfy { abs($0 - 2000) < 150 })
  }
}
