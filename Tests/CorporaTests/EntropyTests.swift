import Foundation
import Testing

@testable import Corpora

@Suite struct EntropyTests {
  /// The entropy of the statements of facts, worked out from their distributions.
  @Test func estimateMeetsTheClosedForm() {
    let facts = Vocabulary.standard.facts.facts
    let phrasing = log(Double(FactBook.phrasingCount - 1))
    let second = FactChoices.secondShare
    let coin = -second * log(second) - (1 - second) * log(1 - second)
    // The second fact comes from what the first left over.
    var left = 0.0
    for (first, p) in facts.probabilities.enumerated() {
      for (other, q) in facts.probabilities.enumerated() where other != first {
        let rest = q / (1 - p)
        left -= p * rest * log(rest)
      }
    }
    let exact = facts.entropy + phrasing + coin + second * (left + phrasing)
    let estimate = Entropy.estimate(mixture: .only(.fact), documents: 20_000, seed: 5)
    #expect(abs(estimate.natsPerDocument - exact) < 4 * estimate.standardError)
    #expect(estimate.standardError < 0.05)
  }

  /// The frequencies of whole texts are what their probabilities say.
  @Test func frequenciesMatchProbabilities() {
    let count = 60_000
    var generator = TextGenerator(seed: 21, split: .all)
    var seen: [String: (count: Int, logProbability: Double)] = [:]
    for _ in 0..<count {
      let document = generator.next()
      seen[document.text, default: (0, document.logProbability)].count += 1
    }
    let common = seen.values.filter { exp($0.logProbability) * Double(count) > 12 }
    #expect(common.count > 200)
    var chi = 0.0
    for item in common {
      let expected = exp(item.logProbability) * Double(count)
      chi += (Double(item.count) - expected) * (Double(item.count) - expected) / expected
    }
    let freedom = Double(common.count)
    #expect(abs(chi - freedom) < 5 * (2 * freedom).squareRoot())
  }
}
