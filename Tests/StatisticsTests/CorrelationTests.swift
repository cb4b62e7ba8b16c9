import Statistics
import TestSupport
import Tensors
import Testing

@Suite struct CorrelationTests {
  @Test func ranksShareTies() {
    #expect(Ranks.of([3, 1, 3, 2]) == [3.5, 1, 3.5, 2])
    #expect(Ranks.of([]) == [])
  }

  /// Kendall's is the example of scipy.stats.kendalltau.
  @Test func coefficientsOfKnownNumbers() {
    let x: [Double] = [12, 2, 1, 12, 2]
    let y: [Double] = [1, 4, 7, 1, 0]
    expectClose([RankCorrelation.kendall(x, y)], [-0.47140452079103173], absolute: 1e-15)
    expectClose([RankCorrelation.spearman(x, y)], [-5 / Double(85.5).squareRoot()], absolute: 1e-12)
    #expect(RankCorrelation.spearman([1, 2, 3, 4], [1, 4, 9, 16]) == 1)
    #expect(RankCorrelation.kendall([1, 2, 3, 4], [4, 3, 2, 1]) == -1)
    #expect(RankCorrelation.kendall([1, 1, 1], [1, 2, 3]).isNaN)
    #expect(RankCorrelation.spearman([1], [1]).isNaN)
    #expect(RankCorrelation.spearman([1, 2, .nan, 3], [1, 2, 9, 3]) == 1)
    expectClose(
      [RankCorrelation.pearson([1, 2, 4], [2, 1, 5])], [0.8386278693775346], absolute: 1e-12)
  }

  @Test func kendallCountsPairs() {
    var random = SeededGenerator(seed: 2)
    let x = (0..<60).map { _ in Double(random.index(below: 12)) }
    let y = (0..<60).map { _ in Double(random.index(below: 9)) }
    var (difference, freeX, freeY) = (0.0, 0.0, 0.0)
    for a in 0..<60 {
      for b in 0..<a {
        let (left, right) = (x[a] - x[b], y[a] - y[b])
        difference += (left * right).signum
        freeX += left == 0 ? 0 : 1
        freeY += right == 0 ? 0 : 1
      }
    }
    expectClose(
      [RankCorrelation.kendall(x, y)], [difference / (freeX * freeY).squareRoot()],
      absolute: 1e-12)
  }

  @Test func groupsAreTakenOut() {
    // Across groups they rise together, inside each they fall.
    let x: [Double] = [1, 2, 3, 11, 12, 13]
    let y: [Double] = [3, 2, 1, 13, 12, 11]
    #expect(RankCorrelation.spearman(x, y) > 0.5)
    #expect(RankCorrelation.partialSpearman(x, y, groups: [0, 0, 0, 1, 1, 1]) == -1)
    #expect(
      RankCorrelation.partialSpearman([1, 1, 2, 2], y.prefix(4) + [], groups: [0, 0, 1, 1]).isNaN)
  }

  @Test func permutationsTellChance() {
    let x = (0..<30).map(Double.init)
    let test = RankCorrelation.test(.spearman, x, x.map { $0 * $0 }, permutations: 200, seed: 1)
    #expect(test.observed == 1 && test.p == 1.0 / 201)
    var random = SeededGenerator(seed: 8)
    let noise = RankCorrelation.test(
      .kendall, x, x.map { _ in random.normal() }, permutations: 200, seed: 1)
    #expect(noise.p > 0.05 && abs(noise.nullMean) < 0.1)
  }
}

extension Double {
  fileprivate var signum: Double { self > 0 ? 1 : self < 0 ? -1 : 0 }
}
