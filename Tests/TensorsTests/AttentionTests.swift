import Testing

@testable import Tensors

@Suite struct AttentionTests {
  /// One situation that a forward pass can be in.
  struct Situation: Sendable, CustomTestStringConvertible {
    let name: String
    var heads = 4
    var groups = 4
    var headWidth = 8
    var causal = true
    var window: Int?
    var softCap: Double?
    var alibi = false
    var bias = 0
    var capacity = 0
    var rows: [RowSpan]

    var testDescription: String { name }
  }

  static func whole(_ count: Int) -> RowSpan {
    RowSpan(queryStart: 0, queryCount: count, keyCount: count)
  }

  static let situations: [Situation] = [
    Situation(name: "one token", rows: [whole(1)]),
    Situation(name: "seven tokens", rows: [whole(7)]),
    Situation(name: "a full tile", rows: [whole(64)]),
    Situation(name: "a tile and a bit", rows: [whole(65)]),
    Situation(name: "odd head width", headWidth: 5, rows: [whole(70)]),
    Situation(name: "grouped keys", heads: 6, groups: 2, headWidth: 16, rows: [whole(70)]),
    Situation(name: "one group", heads: 4, groups: 1, rows: [whole(33)]),
    Situation(name: "both directions", heads: 2, groups: 2, causal: false, rows: [whole(130)]),
    Situation(name: "window", heads: 1, groups: 1, window: 5, rows: [whole(150)]),
    Situation(name: "window of one", window: 1, rows: [whole(20)]),
    Situation(
      name: "window both directions", heads: 2, groups: 2, causal: false, window: 40,
      rows: [whole(80)]),
    Situation(name: "soft cap", softCap: 2, rows: [whole(40)]),
    Situation(name: "linear bias", alibi: true, rows: [whole(75)]),
    Situation(name: "position bias", bias: 3, rows: [whole(75)]),
    Situation(name: "position bias per row", bias: 4, rows: [whole(20), whole(11)]),
    Situation(name: "batch", rows: [whole(80), whole(3), whole(66)]),
    Situation(name: "batch both directions", causal: false, rows: [whole(9), whole(70)]),
    Situation(name: "long", heads: 1, groups: 1, headWidth: 4, rows: [whole(420)]),
    Situation(
      name: "long window", heads: 2, groups: 1, headWidth: 4, window: 30, rows: [whole(430)]),
    Situation(
      name: "behind a cache", capacity: 100,
      rows: [RowSpan(queryStart: 50, queryCount: 20, keyCount: 70)]),
    Situation(
      name: "one step of decoding", heads: 6, groups: 2, headWidth: 16, capacity: 500,
      rows: [RowSpan(queryStart: 430, queryCount: 1, keyCount: 431)]),
    Situation(
      name: "decoding a batch", capacity: 40,
      rows: [
        RowSpan(queryStart: 30, queryCount: 1, keyCount: 31),
        RowSpan(queryStart: 4, queryCount: 1, keyCount: 5),
        RowSpan(queryStart: 0, queryCount: 0, keyCount: 3),
      ]),
    Situation(
      name: "cross attention", causal: false,
      rows: [
        RowSpan(queryStart: 0, queryCount: 3, keyCount: 77),
        RowSpan(queryStart: 0, queryCount: 5, keyCount: 20),
      ]),
    Situation(
      name: "nothing to see", causal: false,
      rows: [
        RowSpan(queryStart: 0, queryCount: 3, keyCount: 0), whole(3),
      ]),
  ]

  @Test(arguments: situations)
  func agreesWithPlainLoops(_ situation: Situation) {
    checkValues(Float.self, situation, tolerance: 2e-6)
    checkValues(Double.self, situation, tolerance: 1e-14)
  }

  @Test(arguments: situations)
  func lookingChangesNoBit(_ situation: Situation) {
    checkBits(Float.self, situation)
    checkBits(Double.self, situation)
  }

  /// The numbers of a situation.
  struct Case<E: Scalar> {
    let q, keys, values: Tensor<E>
    let plan: AttentionPlan<E>

    init(_ situation: Situation) {
      var numbers = Numbers(seed: 11)
      let rows = situation.rows
      let length = rows.map(\.queryCount).max() ?? 0
      let keyCount = rows.map(\.keyCount).max() ?? 0
      let capacity = max(situation.capacity, keyCount)
      q = numbers.tensor(
        [.row, .position, .head, .headWidth],
        [rows.count, length, situation.heads, situation.headWidth], scale: 2)
      let shape = [rows.count, capacity, situation.groups, situation.headWidth]
      keys = numbers.tensor([.row, .position, .group, .headWidth], shape, scale: 2)
      values = numbers.tensor([.row, .position, .group, .headWidth], shape)
      let biasShape = [rows.count, situation.heads, length, keyCount]
      let axes: [Axis] = [.row, .head, .query, .key]
      let drop = 4 - situation.bias
      let bias: Tensor<E>? =
        situation.bias == 0
        ? nil : numbers.tensor(Array(axes.dropFirst(drop)), Array(biasShape.dropFirst(drop)))
      plan = AttentionPlan(
        heads: situation.heads, groups: situation.groups, headWidth: situation.headWidth,
        scale: 0.3, softCap: situation.softCap.map { E($0) }, causal: situation.causal,
        window: situation.window,
        slopes: situation.alibi ? (1...situation.heads).map { E(1) / E($0 * 4) } : nil,
        positionBias: bias, rows: rows)
    }
  }

  private func checkValues<E: Scalar>(
    _ type: E.Type, _ situation: Situation, tolerance: Double
  ) {
    let given = Case<E>(situation)
    let reference = ReferenceAttention(
      given.q, keys: given.keys, values: given.values, given.plan)
    let z = Kernels.attention(given.q, keys: given.keys, values: given.values, given.plan)
    #expect(largestDifference(z.doubles, reference.z) < tolerance)
    var scores = Kernels.attentionScores(given.q, keys: given.keys, given.plan)
    #expect(
      largestDifference(scores.doubles, reference.scores) < 8 * tolerance)
    Kernels.attentionSoftmax(&scores, given.plan)
    #expect(largestDifference(scores.doubles, reference.pattern) < tolerance)
  }

  private func checkBits<E: Scalar>(_ type: E.Type, _ situation: Situation) {
    let given = Case<E>(situation)
    let fused = Kernels.attention(given.q, keys: given.keys, values: given.values, given.plan)
    var pattern = Kernels.attentionScores(given.q, keys: given.keys, given.plan)
    Kernels.attentionSoftmax(&pattern, given.plan)
    let stepped = Kernels.attentionWeighted(pattern, values: given.values, given.plan)
    #expect(sameBits(fused, stepped))
    let again = Kernels.attention(given.q, keys: given.keys, values: given.values, given.plan)
    #expect(sameBits(fused, again))
  }
}
