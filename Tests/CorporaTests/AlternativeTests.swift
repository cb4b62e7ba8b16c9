import Foundation
import Testing

@testable import Corpora

@Suite struct AlternativeTests {
  /// The alternatives of a document with each of its words, for some documents.
  private static func all(_ kind: Kind, documents: Int) -> [Alternatives] {
    var generator = AlternativeGenerator(seed: 11, mixture: .only(kind))
    return (0..<documents).flatMap { _ in
      let document = generator.next()
      return (0..<document.wordCount).map { generator.alternatives(to: document, at: $0) }
    }
  }

  @Test(arguments: Kind.allCases)
  func theFirstIsTheWordItself(kind: Kind) {
    for found in Self.all(kind, documents: 1) {
      let words = found.document.sentences.flatMap(\.words)
      #expect(found.words[0].word == words[found.place].text)
      #expect(found.words[0].logProbability == found.document.logProbability)
      #expect(Set(found.words.map(\.word)).count == found.words.count)
    }
  }

  /// A verb that agrees can have another tense, and a noun can be another noun of its class.
  @Test func auxiliariesAndNounsHaveAlternatives() {
    let found = Self.all(.agreement, documents: 5)
    let verbs = found.filter { $0.document.attributes.verb == $0.place && $0.words.count > 1 }
    #expect(verbs.count > 1)
    for verb in verbs {
      let other = ["is": "was", "was": "is", "are": "were", "were": "are"]
      let words = verb.words.map(\.word)
      #expect(words.count == 2 && words[1] == other[words[0]], "\(words)")
    }
    #expect(found.contains { $0.words.count > 20 })
  }

  /// Where a guess can be counted, its share of right ones is what the probabilities say.
  @Test func theProbabilitiesAreThoseOfTheGrammar() {
    var generator = AlternativeGenerator(seed: 5, mixture: .only(.plain))
    var expected = 0.0
    var right = 0
    let count = 80
    for _ in 0..<count {
      let document = generator.next()
      let found = generator.alternatives(to: document, at: 1)
      let weights = found.words.map { exp($0.logProbability - document.logProbability) }
      let most = weights.max() ?? 0
      expected += most / weights.reduce(0, +)
      if weights[0] == most { right += 1 }
    }
    let deviation = (Double(count) * 0.25).squareRoot()
    #expect(abs(Double(right) - expected) < 4 * deviation)
    #expect(expected < 0.8 * Double(count))
  }
}
