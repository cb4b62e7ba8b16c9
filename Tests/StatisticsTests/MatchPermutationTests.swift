import Statistics
import Tensors
import Testing

@Suite struct MatchPermutationTests {
  @Test func aConstantAnswerLosesNothing() {
    let truths = (0..<200).map { [$0 % 4 == 0 ? -1 : 2] }
    let null = MatchPermutation(
      predictions: [truths.map { _ in 2 }], truths: truths)
    #expect(null.maxima(permutations: 20, seed: 1).allSatisfy { abs($0 - 0.75) < 1e-12 })
  }

  @Test func aPerfectAnswerFallsToWhatChanceGives() {
    let truths = (0..<400).map { [$0 % 4] }
    let null = MatchPermutation(predictions: [truths.map { $0[0] }], truths: truths)
    let maxima = null.maxima(permutations: 50, seed: 1)
    #expect(maxima.allSatisfy { (0.12...0.4).contains($0) })
    #expect(maxima == null.maxima(permutations: 50, seed: 1))
    #expect(maxima != null.maxima(permutations: 50, seed: 2))
  }

  @Test func severalAnswersMayBeRightAndNoneMayBeGiven() {
    let null = MatchPermutation(
      predictions: [[1, nil, 90], [nil, nil, nil]], truths: [[1, 5], [1, 5], [1, 5]])
    let third = 1.0 / 3
    #expect(null.maxima(permutations: 3, seed: 1).allSatisfy { abs($0 - third) < 1e-12 })
    let nothing = MatchPermutation(predictions: [[]], truths: [])
    #expect(nothing.maxima(permutations: 3, seed: 1).isEmpty)
  }
}
