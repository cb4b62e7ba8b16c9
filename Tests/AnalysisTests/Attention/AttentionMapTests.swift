import Foundation
import Statistics
import Testing

@testable import Analysis

/// What the sheet of each measure of a map says about patterns that are known.
@Suite struct AttentionMapTests {
  private let tokens = ["[CLS]", "the", "cat", ",", "sat", "[SEP]"]

  @Test func uniformAttentionGivesEachTargetItsShare() throws {
    let planted = try PlantedAttention(isCausal: false)
    let targets: [AttentionTarget] = [
      .special, .punctuation, .first, .texts(["cat", "sat"]), .offset(0), .offset(-1),
    ]
    var mass = AttentionMass(rows: 1, heads: planted.selection, targets: targets)
    mass.add(planted.row(tokens: tokens, special: [0, 5], [PlantedAttention.uniform]))
    let expected = [2.0, 1, 1, 2, 1, 1].map { $0 / 6 }
    for (target, share) in expected.enumerated() {
      #expect(abs(mass.given.mean(mass.column(3, target)) - share) < 1e-12)
      #expect(abs(mass.uniform.mean(mass.column(3, target)) - share) < 1e-12)
    }
  }

  @Test func shiftsGoToTheirOffset() throws {
    let planted = try PlantedAttention(isCausal: true)
    var mass = AttentionMass(
      rows: 1, heads: planted.selection, targets: [.offset(0), .offset(-1), .offset(1), .first])
    mass.add(
      planted.row(
        tokens: ["a", "b", "c", "d"],
        [PlantedAttention.identity, PlantedAttention.previous, PlantedAttention.first]))
    #expect((0..<3).map { mass.given.mean(mass.column(0, $0)) }[0] == 1)
    #expect(mass.given.mean(mass.column(1, 1)) == 1)
    #expect(mass.given.mean(mass.column(2, 3)) == 1)
    // No token of a causal model sees the next one.
    #expect(mass.given.mean(mass.column(0, 2)).isNaN)
    #expect(abs(mass.uniform.mean(mass.column(0, 1)) - (1.0 / 2 + 1.0 / 3 + 1.0 / 4) / 3) < 1e-12)
  }

  @Test func attentionFromSpecialTokensAloneIsMeasured() throws {
    let planted = try PlantedAttention(isCausal: false)
    let rule: PlantedAttention.Rule = { query, key, _ in query == 5 ? (key == 5 ? 1 : 0) : 1 }
    var mass = AttentionMass(
      rows: 1, heads: planted.selection, targets: [.texts(["[SEP]"])], from: .text("[SEP]"))
    mass.add(planted.row(tokens: tokens, special: [0, 5], [rule]))
    #expect(mass.given.mean(0) == 1)
  }

  @Test func entropyOfUniformAndOfCertainAttention() throws {
    let planted = try PlantedAttention(isCausal: false)
    var entropy = AttentionEntropy(rows: 1, heads: planted.selection)
    entropy.add(
      planted.row(
        tokens: (0..<128).map(String.init), [PlantedAttention.uniform, PlantedAttention.identity]))
    #expect(abs(entropy.entropy.mean(0) - 4.852) < 5e-4)
    #expect(abs(entropy.share.mean(0) - 1) < 1e-9)
    #expect(abs(entropy.entropy.mean(1) - 0.00149) < 1e-5)
    #expect(abs(AttentionEntropy.broadShare - 3.8 / 4.852) < 1e-4)
    let bare = planted.pattern(128, PlantedAttention.identity)
      .rowEntropies(within: (0..<128).map { _ in 0..<128 })
    #expect(bare.allSatisfy { $0 == 0 })
  }

  @Test func causalEntropyIsJudgedByTheKeysInSight() throws {
    let planted = try PlantedAttention(isCausal: true)
    var entropy = AttentionEntropy(rows: 1, heads: planted.selection)
    entropy.add(planted.row(tokens: ["a", "b", "c"], [PlantedAttention.uniform]))
    #expect(abs(entropy.share.mean(0) - 1) < 1e-9)
    #expect(entropy.entropy.weight(0) == 2)
    #expect(abs(entropy.entropy.mean(0) - (log(2.0) + log(3.0)) / 2) < 1e-9)
  }

  @Test func confidenceOfPermutationsAndOfUniformAttention() throws {
    let planted = try PlantedAttention(isCausal: false)
    let reversal: PlantedAttention.Rule = { query, key, count in
      key == count - 1 - query ? 1 : 0
    }
    let row = planted.row(
      tokens: tokens, special: [5], [reversal, PlantedAttention.uniform])
    var kept = AttentionConfidence(rows: 1, heads: planted.selection, special: .keep)
    kept.add(row)
    #expect(kept.confidence.mean(0) == 1 && abs(kept.confidence.mean(1) - 1.0 / 6) < 1e-12)
    var dropped = AttentionConfidence(rows: 1, heads: planted.selection)
    dropped.add(row)
    // The row whose greatest weight is the end token's counts with its other keys.
    #expect(abs(dropped.confidence.mean(0) - 5.0 / 6) < 1e-12)
    var scaled = AttentionConfidence(
      rows: 1, heads: planted.selection, isRenormalised: true)
    scaled.add(row)
    #expect(abs(scaled.confidence.mean(1) - 1.0 / 5) < 1e-12)
    #expect(scaled.confidence.skipped[0] == 1)
  }

  @Test func aSingleTokenHasNoConfidence() throws {
    let planted = try PlantedAttention(isCausal: true)
    var confidence = AttentionConfidence(rows: 1, heads: planted.selection, special: .keep)
    confidence.add(planted.row(tokens: ["a"], [PlantedAttention.uniform]))
    #expect(confidence.confidence.mean(0).isNaN)
  }
}
