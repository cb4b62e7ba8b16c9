import Testing

@testable import Tensors

@Suite struct AttentionGradientTests {
  typealias Case = AttentionTests.Case<Double>

  @Test(arguments: AttentionTests.situations)
  func tilesAgreeWithDifferences(_ situation: AttentionTests.Situation) {
    let given = Case(situation)
    var numbers = Numbers(seed: 41)
    let factors: Tensor<Double> = numbers.tensor(given.q.axes, given.q.shape)
    let found = Kernels.attentionGradients(
      factors, queries: given.q, keys: given.keys, values: given.values, given.plan)
    func z(_ q: Tensor<Double>, _ keys: Tensor<Double>, _ values: Tensor<Double>) -> Tensor<Double>
    {
      Kernels.attention(q, keys: keys, values: values, given.plan)
    }
    let limit = Slopes.limit
    #expect(
      Slopes.error(of: found.queries, at: given.q, factors: factors) {
        z($0, given.keys, given.values)
      } < limit)
    #expect(
      Slopes.error(of: found.keys, at: given.keys, factors: factors) {
        z(given.q, $0, given.values)
      }
        < limit)
    #expect(
      Slopes.error(of: found.values, at: given.values, factors: factors) {
        z(given.q, given.keys, $0)
      } < limit)
  }

  @Test(arguments: AttentionTests.situations)
  func stepsAgreeWithTiles(_ situation: AttentionTests.Situation) {
    let given = Case(situation)
    var numbers = Numbers(seed: 42)
    let factors: Tensor<Double> = numbers.tensor(given.q.axes, given.q.shape)
    let tiles = Kernels.attentionGradients(
      factors, queries: given.q, keys: given.keys, values: given.values, given.plan)
    var pattern = Kernels.attentionScores(given.q, keys: given.keys, given.plan)
    Kernels.attentionSoftmax(&pattern, given.plan)
    var (scores, values) = Kernels.attentionWeightedGradients(
      factors, pattern: pattern, values: given.values, given.plan)
    Kernels.attentionSoftmaxGradient(&scores, pattern: pattern)
    let steps = Kernels.attentionScoresGradients(
      scores, queries: given.q, keys: given.keys, given.plan)
    #expect(largestDifference(values.doubles, tiles.values.doubles) < 1e-11)
    #expect(largestDifference(steps.queries.doubles, tiles.queries.doubles) < 1e-11)
    #expect(largestDifference(steps.keys.doubles, tiles.keys.doubles) < 1e-11)
  }

  @Test(arguments: AttentionTests.situations)
  func singlePrecisionAgreesWithDouble(_ situation: AttentionTests.Situation) {
    let given = Case(situation)
    let single = AttentionTests.Case<Float>(situation)
    var numbers = Numbers(seed: 43)
    let factors: Tensor<Double> = numbers.tensor(given.q.axes, given.q.shape)
    let expected = Kernels.attentionGradients(
      factors, queries: given.q, keys: given.keys, values: given.values, given.plan)
    let found = Kernels.attentionGradients(
      factors.converted(to: Float.self), queries: single.q, keys: single.keys,
      values: single.values, single.plan)
    #expect(largestDifference(found.queries.doubles, expected.queries.doubles) < 1e-4)
    #expect(largestDifference(found.keys.doubles, expected.keys.doubles) < 1e-4)
    #expect(largestDifference(found.values.doubles, expected.values.doubles) < 1e-4)
  }

  /// What is said of a masked score is ignored; of a masked pattern entry it is not.
  @Test func masksAreConstants() {
    let given = Case(AttentionTests.Situation(name: "causal", rows: [AttentionTests.whole(5)]))
    let shape = [1, 4, 5, 5]
    let axes: [Axis] = [.row, .head, .query, .key]
    var above = Tensor<Double>(zeros: axes, shape)
    for query in 0..<5 {
      for key in query + 1..<max(5, query + 1) { above[0, 1, query, key] = 1 }
    }
    let found = Kernels.attentionScoresGradients(
      above, queries: given.q, keys: given.keys, given.plan)
    #expect(found.queries.doubles.allSatisfy { $0 == 0 })
    #expect(found.keys.doubles.allSatisfy { $0 == 0 })
    var pattern = Kernels.attentionScores(given.q, keys: given.keys, given.plan)
    Kernels.attentionSoftmax(&pattern, given.plan)
    let behind = Kernels.attentionWeightedGradients(
      given.q, pattern: pattern, values: given.values, given.plan)
    #expect(behind.pattern[0, 0, 0, 4] != 0)
  }
}
