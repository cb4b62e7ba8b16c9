import Foundation
import Statistics
import TestSupport
import Tensors
import Testing

/// Intervals of few units, and how many permutations a finding takes.
@Suite struct IntervalTests {
  /// The numbers of `scipy.stats.t.ppf(0.975, 1...9)`.
  @Test func studentsBoundsAreSciPys() {
    let wanted = [
      12.7062047362, 4.3026527297, 3.1824463053, 2.7764451052, 2.5705818356, 2.4469118511,
      2.3646242516, 2.3060041352, 2.2621571628,
    ]
    for (place, bound) in wanted.enumerated() {
      #expect(abs(StudentT.bound(holding: 0.95, freedom: place + 1) - bound) < 1e-9)
    }
    // 2 * scipy.stats.t.cdf(1.3, 5) - 1
    #expect(abs(StudentT.within(1.3, freedom: 5) - 0.7496993658) < 1e-9)
    #expect(abs(StudentT.bound(holding: 0.9, freedom: 4) - 2.1318467863) < 1e-9)
  }

  /// Of three numbers the interval is the textbook's, whichever way it is asked for.
  @Test func fewUnitsHaveStudentsInterval() {
    let values = [1.0, 2, 6]
    // scipy.stats.t.interval(0.95, 2, loc=3, scale=scipy.stats.sem([1, 2, 6]))
    let wanted = [3, -3.5724106077, 9.5724106077]
    let mean = Bootstrap.mean(values, seed: 1)
    let closure = Bootstrap.estimate(units: 3, seed: 1) { places in
      places.reduce(0) { $0 + values[$1] } / Double(places.count)
    }
    let sums = Bootstrap.functions(
      of: Matrix(rows: 3, columns: 2, [1, 1, 2, 1, 6, 1]), size: 2, seed: 1
    ) { $0[0] / $0[1] }[0]
    for estimate in [mean, closure, sums] {
      expectClose([estimate.value, estimate.low, estimate.high], wanted, absolute: 1e-6)
    }
  }

  /// The share of samples whose interval holds the mean that they are drawn from.
  private func coverage(
    units: Int, samples: Int = 1500, seed: UInt64, _ draw: (inout SeededGenerator) -> Double,
    mean: Double
  ) -> Double {
    var random = SeededGenerator(seed: seed)
    let held = (0..<samples).count { sample in
      // Ratios of sums over texts of unlike length, as commands form them.
      let lengths = (0..<units).map { _ in 5 + Double(random.index(below: 16)) }
      let sums = lengths.map { length in length * draw(&random) }
      let found = Bootstrap.ratio(
        sums, lengths, resamples: units < Bootstrap.leastResampled ? 1 : 400,
        seed: UInt64(sample))
      return found.low <= mean && mean <= found.high
    }
    return Double(held) / Double(samples)
  }

  /// Percentiles of resampled texts cover 0.6 of three and 0.83 of eight.
  @Test(arguments: [2, 3, 5, 8, 9])
  func fewUnitsAreCovered(units: Int) {
    let normal = coverage(units: units, seed: 1, { $0.normal() }, mean: 0)
    #expect(normal > 0.925 && normal < 0.985, "\(units) units: \(normal)")
    let skewed = coverage(units: units, seed: 2, { -log(1 - $0.uniform()) }, mean: 1)
    #expect(skewed > 0.84, "\(units) units: \(skewed)")
    let even = coverage(units: units, seed: 3, { $0.uniform() }, mean: 0.5)
    #expect(even > 0.9, "\(units) units: \(even)")
  }

  @Test func manyUnitsAreCoveredByResampling() {
    let normal = coverage(units: 20, samples: 600, seed: 4, { $0.normal() }, mean: 0)
    #expect(normal > 0.88, "\(normal)")
  }

  /// All units at a border show no spread, and three that agree are no proof of a width of zero.
  @Test(arguments: [2, 3, 9, 40])
  func unitsThatAgreeHaveNoInterval(units: Int) {
    let ones = Bootstrap.ratio(
      (1...units).map { Double($0) }, (1...units).map { Double($0) }, seed: 1)
    #expect(ones.value == 1 && ones.low.isNaN && ones.high.isNaN)
    let places = Bootstrap.estimate(units: units, seed: 1) { _ in 0.25 }
    #expect(places.value == 0.25 && places.low.isNaN)
  }

  @Test func sharesEndAtTheirBorders() {
    let estimate = Bootstrap.ratio([0, 1, 1], [1, 1, 1], seed: 1).within(0...1)
    #expect(estimate.low == 0 && estimate.high == 1)
    let none = Bootstrap.mean([1], seed: 1).within(0...1)
    #expect(none.low.isNaN)
  }

  @Test(arguments: [1, 3, 36, 144, 1000])
  func oneOfManyLinesCanBeFound(lines: Int) {
    let count = PermutationTest.permutations(lines: lines)
    var p = [Double](repeating: 1, count: lines)
    p[0] = 1 / Double(count + 1)
    #expect(BenjaminiHochberg.adjusted(p)[0] <= 0.05)
    #expect(PermutationTest.permutations(lines: lines, least: 1) <= lines * 20)
    let leads = (0..<40).map { _ in 1.0 }
    p[0] = PermutationTest.paired(leads, lines: lines, seed: 1).p
    #expect(BenjaminiHochberg.discoveries(p)[0])
  }

  /// Twenty rotations find one line of two hundred, and nothing where nothing is.
  @Test func theStandardisedMaximumNeedsFewPermutations() {
    var random = SeededGenerator(seed: 8)
    var hits = 0
    for _ in 0..<60 {
      var observed = (0..<200).map { Double($0 % 7) * (3 + random.normal()) }
      let null = (0..<200).map { line in
        (0..<20).map { _ in Double(line % 7) * (3 + random.normal()) }
      }
      let nothing = PermutationTest.standardisedMaximum(observed: observed, null: null)
      hits += nothing.contains { $0 <= 0.05 } ? 1 : 0
      observed[1] = 30
      let found = PermutationTest.standardisedMaximum(observed: observed, null: null)
      #expect(found[1] == 1.0 / 21 && found.count { $0 <= 0.05 } <= 2)
      #expect(found[0].isNaN, "a line that never differs has no p")
    }
    // 60 times a chance of 1 in 21.
    #expect(hits <= 8, "\(hits)")
  }

  @Test func fewUnitsMakeNoDiscovery() {
    for units in 1...3 {
      #expect(StudentT.p(of: 0.9, withoutEach: (0..<units).map { 0.9 + Double($0) / 1e6 }).isNaN)
    }
    // Leaving out is the other way round: the mean of 1, 2, 3, 6 is 3, its error 1.0801.
    let left = [11.0 / 3, 10.0 / 3, 3, 2]
    // 2 * scipy.stats.t.sf(3 / 1.0801234497, 3)
    #expect(abs(StudentT.p(of: 3, withoutEach: left) - 0.06913686926) < 1e-9)
    let alike = Matrix(rows: 6, columns: 6, (0..<36).map { ($0 / 6) / 3 == ($0 % 6) / 3 ? 1 : 0 })
    let block = PairContrast.Block(
      similarities: alike, groups: [0, 0, 0, 1, 1, 1], units: [0, 1, 2, 0, 1, 2])
    #expect(PairContrast([block], units: 3, seed: 1).test.p.isNaN)
  }
}
