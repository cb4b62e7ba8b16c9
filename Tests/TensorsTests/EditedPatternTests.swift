import Testing

@testable import Tensors

/// Scores and patterns may be edited between the steps, also where the mask was.
@Suite struct EditedPatternTests {
  private static let plan = AttentionPlan<Float>(
    heads: 2, groups: 1, headWidth: 4, scale: 1, causal: true, window: 20,
    rows: [RowSpan(queryStart: 0, queryCount: 100, keyCount: 100)])

  private static let values: Tensor<Float> = {
    var numbers = Numbers(seed: 21)
    return numbers.tensor([.row, .position, .group, .headWidth], [1, 120, 1, 4])
  }()

  @Test func aPatternCountsWhereverItIsNotZero() {
    var pattern = Tensor<Float>(zeros: [.row, .head, .query, .key], [1, 2, 100, 100])
    pattern[0, 0, 3, 99] = 0.5
    pattern[0, 1, 98, 0] = 2
    pattern[0, 1, 98, 98] = 1
    let z = Kernels.attentionWeighted(pattern, values: Self.values, Self.plan)
    for i in 0..<4 {
      #expect(z[0, 3, 0, i] == 0.5 * Self.values[0, 99, 0, i])
      let sum = 2 * Self.values[0, 0, 0, i] + Self.values[0, 98, 0, i]
      #expect(abs(z[0, 98, 1, i] - sum) < 1e-6)
      #expect(z[0, 50, 0, i] == 0)
    }
  }

  @Test func scoresCountWhereverTheyAreFinite() {
    var numbers = Numbers(seed: 22)
    let q: Tensor<Float> = numbers.tensor([.row, .position, .head, .headWidth], [1, 100, 2, 4])
    let keys: Tensor<Float> = numbers.tensor(
      [.row, .position, .group, .headWidth], [1, 120, 1, 4])
    var scores = Kernels.attentionScores(q, keys: keys, Self.plan)
    #expect(scores.shape == [1, 2, 100, 100])
    #expect(scores[0, 0, 5, 6] == -.infinity && scores[0, 0, 50, 30] == -.infinity)
    #expect(scores[0, 0, 50, 31] > -.infinity)
    scores[0, 0, 0, 70] = scores[0, 0, 0, 0]
    for key in 0..<100 { scores[0, 1, 7, key] = -.infinity }
    Kernels.attentionSoftmax(&scores, Self.plan)
    #expect(scores[0, 0, 0, 0] == 0.5 && scores[0, 0, 0, 70] == 0.5)
    #expect((0..<100).allSatisfy { scores[0, 1, 7, $0] == 0 })
    let z = Kernels.attentionWeighted(scores, values: Self.values, Self.plan)
    #expect((0..<4).allSatisfy { z[0, 7, 1, $0] == 0 })
  }
}
