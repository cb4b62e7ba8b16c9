import Testing

@testable import Corpora

@Suite struct ProbeTests {
  @Test(arguments: 0...3) func agreementProbesAreBalanced(attractors: Int) {
    let probes = Probes.agreement(attractors: attractors, count: 60, seed: 7)
    #expect(probes.count == 60)
    #expect(probes == Probes.agreement(attractors: attractors, count: 60, seed: 7))
    let singular = probes.filter { [" is", " was"].contains($0.correct) }
    #expect(singular.count == 30)
    for probe in probes {
      #expect(probe.alternatives.count == 1 && probe.alternatives[0] != probe.correct)
      #expect(!probe.prefix.hasSuffix(" "))
    }
  }

  @Test func factProbesAskForEachFact() {
    let facts = Vocabulary.standard.facts.facts.elements.count
    let held = Probes.facts(heldOutPhrasing: true, rarestQuarter: false)
    let shown = Probes.facts(heldOutPhrasing: false, rarestQuarter: false)
    #expect(held.count == facts && shown.count == 4 * facts)
    #expect(Probes.facts(heldOutPhrasing: true, rarestQuarter: true).count == facts / 4)
    #expect(Set(held.map(\.prefix)).isDisjoint(with: shown.map(\.prefix)))
    for probe in held + shown { #expect(!probe.alternatives.contains(probe.correct)) }
    // What the probes hold out, training does not show; what they ask for, it does.
    var generator = TextGenerator(seed: 9, mixture: .only(.fact), split: .train)
    let asked = Set(held.map { $0.prefix + $0.correct + "." })
    let told = Set(shown.map { $0.prefix + $0.correct + "." })
    for _ in 0..<3_000 {
      for sentence in generator.next().sentences {
        #expect(told.contains(sentence.text) && !asked.contains(sentence.text))
      }
    }
  }

  /// No two facts have the same question with different answers.
  @Test func questionsHaveOneAnswer() {
    var answers: [String: String] = [:]
    for held in [true, false] {
      for probe in Probes.facts(heldOutPhrasing: held, rarestQuarter: false) {
        if let earlier = answers[probe.prefix] { #expect(earlier == probe.correct) }
        answers[probe.prefix] = probe.correct
      }
    }
  }

  @Test func otherProbesHaveTheirTruth() {
    for probe in Probes.pronouns(count: 200, seed: 5) + Probes.names(count: 200, seed: 5) {
      #expect(probe.correct != probe.alternatives.first)
      #expect(probe.correct.hasPrefix(" "))
    }
    for probe in Probes.senses(count: 200, seed: 5) {
      #expect(probe.senses.count == 2 && probe.senses.contains(probe.sense))
      let bytes = Array(probe.text.utf8)[probe.word]
      #expect(String(decoding: bytes, as: UTF8.self).hasPrefix(String(probe.lemma.prefix(1))))
    }
    let reviews = Probes.reviews(split: .test, count: 300, seed: 5)
    #expect((90...210).contains(reviews.filter { $0.label == .positive }.count))
    let pairs = Probes.pairs(split: .test, count: 300, seed: 5)
    #expect((90...210).contains(pairs.filter(\.follows).count))
    let numbers = Probes.numberOfSubject(split: .test, count: 300, seed: 5)
    #expect((60...240).contains(numbers.filter { $0.label == .plural }.count))
    #expect(Probes.translationPairs(split: .test, count: 50, seed: 5).count == 50)
    #expect(Probes.translationPairs(split: .test, count: -1, seed: 5).isEmpty)
  }
}
