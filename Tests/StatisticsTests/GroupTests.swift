import Foundation
import Statistics
import Tensors
import Testing

@Suite struct GroupTests {
  @Test func labelsStayInTheirGroups() {
    let groups = [0, 0, 1, 1, 1, 2]
    let result = PermutationTest.withinGroups(groups, permutations: 50, seed: 1) { places in
      for (item, place) in places.enumerated() where groups[item] != groups[place] { return -1 }
      return Set(places).count == 6 ? 1 : -1
    }
    #expect(result.observed == 1 && result.nullMean == 1 && result.p == 1)
  }

  @Test func theAreaIsTheShareOfPairsInOrder() {
    #expect(AreaUnderCurve.of([1, 2, 3, 4], isMember: [false, false, true, true]) == 1)
    #expect(AreaUnderCurve.of([4, 3, 2, 1], isMember: [false, false, true, true]) == 0)
    #expect(AreaUnderCurve.of([1, 1, 1], isMember: [true, false, true]) == 0.5)
    // Pairs: 3>1, 3>2, 2=2 (a half), 2>1: 3.5 of 4.
    #expect(AreaUnderCurve.of([1, 2, 2, 3], isMember: [false, false, true, true]) == 0.875)
    #expect(AreaUnderCurve.of([1, .nan], isMember: [true, false]).isNaN)
  }

  @Test func varianceIsExplainedByWhatItIsMadeOf() {
    let x = (0..<20).map { sin(Double($0)) }
    let z = (0..<20).map { cos(3 * Double($0)) }
    let y = zip(x, z).map { 2 * $0 - $1 + 5 }
    #expect(abs(ExplainedVariance.of(y, by: [x, z]) - 1) < 1e-12)
    #expect(ExplainedVariance.of(y, by: [x]) < 0.999)
    let pearson = RankCorrelation.pearson(x, y)
    #expect(abs(ExplainedVariance.of(y, by: [x]) - pearson * pearson) < 1e-12)
    // A constant for each group explains what differs between groups.
    let groups = (0..<20).map { $0 / 5 }
    let shifted = zip(x, groups).map { $0 + 100 * Double($1) }
    #expect(abs(ExplainedVariance.of(shifted, by: [x], groups: groups) - 1) < 1e-9)
    #expect(ExplainedVariance.of([1, 1, 1, 1], by: [[1, 2, 3, 4]]).isNaN)
    #expect(ExplainedVariance.of([1, 2], by: [[1, 2], [2, 1]]).isNaN)
    #expect(abs(ExplainedVariance.of(y, by: [x, x, z]) - 1) < 1e-10)
  }

  @Test func additiveClassesExplainTheirSum() {
    let a = (0..<60).map { $0 % 5 }
    let b = (0..<60).map { ($0 / 5) % 4 }
    let numbers = zip(a, b).map { Double($0 * $0) + 10 * Double($1) }
    #expect(CategoricalFit.explainedVariance(numbers, factors: [a, b]) > 0.999999)
    let (first, second) = (
      CategoricalFit.explainedVariance(numbers, factors: [a]),
      CategoricalFit.explainedVariance(numbers, factors: [b])
    )
    // Balanced classes share nothing.
    #expect(abs(first + second - 1) < 1e-9)
    #expect(CategoricalFit.explainedVariance([2, 2, 2], factors: [[0, 1, 0]]).isNaN)
  }
}
