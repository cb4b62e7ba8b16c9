import Statistics
import Tensors
import Testing

@Suite struct RankAgreementTests {
  /// One ranking is the reference, one its reverse, one drawn, and one constant.
  private func agreement(units: Int) -> RankAgreement {
    var agreement = RankAgreement(rankings: 4, permutations: 400, seed: 1)
    var random = SeededGenerator(seed: 2)
    for _ in 0..<units {
      let reference = (0..<8).map { _ in random.normal() }
      agreement.add(
        [
          reference.map { 3 * $0 + 1 }, reference.map { -$0 }, (0..<8).map { _ in random.normal() },
          reference.map { _ in 2 },
        ], reference: reference)
    }
    return agreement
  }

  @Test func whatAgreesIsFound() {
    let agreement = agreement(units: 12)
    #expect(abs(agreement.mean(0).value - 1) < 1e-12 && abs(agreement.mean(1).value + 1) < 1e-12)
    #expect(agreement.test(0).p < 0.01 && agreement.test(1).p < 0.01)
    #expect(abs(agreement.lead(of: 0, over: 1).value - 2) < 1e-12)
    // The mean of twelve coefficients of eight items is off zero by 1 / √(7 · 12) = 0.11.
    #expect(abs(agreement.test(2).nullMean) < 0.03)
    #expect(abs(agreement.test(2).nullDeviation - 0.109) < 0.02)
    #expect(agreement.test(2).p > 0.01)
  }

  @Test func whatIsConstantHasNoCoefficient() {
    let agreement = agreement(units: 3)
    #expect(agreement.mean(3).value.isNaN && agreement.mean(3).skipped == 3)
    #expect(agreement.test(3).p.isNaN)
  }
}
