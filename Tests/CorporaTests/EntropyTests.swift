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
  @Test(arguments: [Kind.role, .sense, .fact, .comparison])
  func frequenciesMatchProbabilities(kind: Kind) {
    let count = 30_000
    var generator = TextGenerator(seed: 21, mixture: .only(kind), split: .all)
    var seen: [String: (count: Int, logProbability: Double)] = [:]
    for _ in 0..<count {
      let document = generator.next()
      seen[document.text, default: (0, document.logProbability)].count += 1
    }
    let common = seen.values.filter { exp($0.logProbability) * Double(count) > 8 }
    #expect(common.count > 100, "\(kind)")
    var chi = 0.0
    for item in common {
      let expected = exp(item.logProbability) * Double(count)
      chi += (Double(item.count) - expected) * (Double(item.count) - expected) / expected
    }
    let freedom = Double(common.count)
    #expect(abs(chi - freedom) < 5 * (2 * freedom).squareRoot(), "\(kind)")
  }

  /// How often texts begin with some words, against the product of the choices behind them.
  @Test func beginningsAreAsFrequentAsTheirChoices() {
    let words = Vocabulary.standard
    let count = 40_000
    var generator = TextGenerator(seed: 23, mixture: .only(.plain), split: .all)
    let texts = (0..<count).map { _ in generator.next().text }
    let noFront = 0.66
    let singular = 1 - PhraseChoices.pluralShare
    let bare = 1 - PhraseChoices.adjectiveShare
    let expected = [
      "yesterday, ": 0.5 * 0.16 * words.pastTime.probabilities[0],
      "Mary ": noFront * 0.19 * words.names.probabilities[0],
      "the cat ": noFront * 0.31 * singular * 0.66 * bare * words.animals.probabilities[0],
      "some dogs ":
        noFront * 0.31 * PhraseChoices.pluralShare * 0.2 * bare * words.animals.probabilities[1],
    ]
    for (beginning, probability) in expected {
      let measured = Double(texts.count { $0.hasPrefix(beginning) })
      let mean = probability * Double(count)
      #expect(abs(measured - mean) < 4.5 * mean.squareRoot(), "\(beginning)")
    }
  }
}
