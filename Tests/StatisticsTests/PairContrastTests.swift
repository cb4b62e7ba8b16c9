import Statistics
import Tensors
import Testing

@Suite struct PairContrastTests {
  @Test func meansGoOverPairs() {
    let similarities = Matrix([
      [1, 0.8, 0.1, 0.2], [0.8, 1, 0.3, 0.1], [0.1, 0.3, 1, 0.6], [0.2, 0.1, 0.6, 1],
    ])
    let contrast = PairContrast(
      [.init(similarities: similarities, groups: [0, 0, 1, 1], units: [0, 1, 2, 3])], units: 4,
      resamples: 200, permutations: 200, seed: 0)
    #expect(abs(contrast.within - 0.7) < 1e-12 && abs(contrast.between - 0.175) < 1e-12)
    #expect(abs(contrast.difference.value - 0.525) < 1e-12)
    #expect(contrast.difference.low <= 0.525 && contrast.difference.high >= 0.525)
    // Two of six ways to halve four items are this one.
    #expect(abs(contrast.test.p - 1.0 / 3) < 0.1)
  }

  @Test func withoutADifferenceTheIntervalHoldsZero() {
    var generator = SeededGenerator(seed: 3)
    let points = Matrix(rows: 40, columns: 8, (0..<320).map { _ in generator.normal() })
    let contrast = PairContrast(
      [
        .init(
          similarities: points.rowProducts, groups: (0..<40).map { $0 % 2 }, units: Array(0..<40))
      ], units: 40, seed: 1)
    #expect(contrast.difference.low < 0 && contrast.difference.high > 0)
    #expect(contrast.test.p > 0.01)
  }

  @Test func blocksAddUpAndOneGroupHasNoContrast() {
    let block = PairContrast.Block(
      similarities: Matrix([[1, 0.5], [0.5, 1]]), groups: [0, 0], units: [0, 0])
    let contrast = PairContrast([block, block], units: 1, resamples: 10, permutations: 10, seed: 0)
    #expect(contrast.within == 0.5 && contrast.between.isNaN)
    #expect(contrast.difference.value.isNaN && contrast.difference.low.isNaN)
  }

  @Test func momentsGiveCoefficientsThatAreFormedAtOnce() {
    let x = [1.0, 4, 2, 8, 5]
    let y = [2.0, 3, 1, 9, 7]
    let sums = Moments.of(zip(x, y))
    #expect(abs(Moments.correlation(sums) - RankCorrelation.pearson(x, y)) < 1e-12)
    #expect(Moments.correlation(Moments.of([(1, 2), (1, 3)])).isNaN)
    #expect(abs(Moments.variation(Moments.of([(1, 0), (3, 0)])) - 0.5) < 1e-12)
    let estimate = Bootstrap.functions(
      of: Matrix([Moments.of([(1, 2), (4, 3)]), Moments.of([(2, 1), (8, 9), (5, 7)])]),
      size: Moments.count, seed: 1, Moments.correlation)[0]
    #expect(abs(estimate.value - RankCorrelation.pearson(x, y)) < 1e-12)
    #expect(estimate.low <= estimate.high)
  }
}
