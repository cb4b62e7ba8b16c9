import Testing

@testable import Corpora

@Suite struct GeneratorTests {
  private func documents(
    _ count: Int, mixture: Mixture = .standard, split: Split = .all, seed: UInt64 = 11
  ) -> [Document] {
    var generator = TextGenerator(seed: seed, mixture: mixture, split: split)
    return (0..<count).map { _ in generator.next() }
  }

  @Test func equalSeedsGiveEqualTexts() {
    let first = documents(300).map(\.text)
    #expect(first == documents(300).map(\.text))
    #expect(first != documents(300, seed: 12).map(\.text))
  }

  @Test func textsAreASCII() {
    #expect(documents(400).allSatisfy { $0.text.utf8.allSatisfy { $0 < 128 } })
  }

  /// Written down once: every machine has to give these texts, or models cannot be made again.
  @Test func textsAreThoseOfEveryMachine() {
    var hash: UInt64 = 0
    for document in documents(400) {
      for byte in document.text.utf8 { hash = hash &* 31 &+ UInt64(byte) }
    }
    #expect(hash == 0x2FE3_255D_BA06_394E)
  }

  @Test func kindsComeInTheirProportions() {
    let count = 20_000
    var seen: [Kind: Int] = [:]
    for document in documents(count) { seen[document.kind, default: 0] += 1 }
    let total = Mixture.standard.shares.values.reduce(0, +)
    for (kind, share) in Mixture.standard.shares {
      let expected = share / total
      let error = (expected * (1 - expected) / Double(count)).squareRoot()
      let measured = Double(seen[kind] ?? 0) / Double(count)
      #expect(abs(measured - expected) < 4.5 * error, "\(kind)")
    }
  }

  @Test(arguments: Kind.allCases) func equalTextsHaveOneDerivation(kind: Kind) {
    var nodes: [String: [Node]] = [:]
    for document in documents(6_000, mixture: .only(kind)) {
      if let earlier = nodes[document.text] {
        #expect(earlier == document.nodes, "\(document.text)")
      }
      nodes[document.text] = document.nodes
    }
  }

  @Test func kindsShareNoText() {
    var kinds: [String: Kind] = [:]
    for document in documents(25_000) {
      if let earlier = kinds[document.text] { #expect(earlier == document.kind) }
      kinds[document.text] = document.kind
    }
  }

  @Test func trainingNeverShowsWhatIsHeldOut() {
    let training = documents(20_000, split: .train)
    let test = documents(2_000, split: .test)
    #expect(training.allSatisfy { !$0.isHeldOut })
    #expect(test.allSatisfy { $0.isHeldOut })
    #expect(Set(training.map(\.text)).isDisjoint(with: test.map(\.text)))
  }

  @Test func whatIsHeldOutDoesNotDependOnTheMixture() {
    var held: [String: Bool] = [:]
    for document in documents(20_000) { held[document.text] = document.isHeldOut }
    for document in documents(20_000, mixture: .only(.sense)) {
      if let other = held[document.text] { #expect(other == document.isHeldOut) }
    }
  }

  @Test(arguments: Kind.allCases) func everyKindHasUnseenDocuments(kind: Kind) {
    let unseen = documents(300, mixture: .only(kind), split: .test)
    #expect(Set(unseen.map(\.text)).count > 60)
  }

  @Test func trainingNeverShowsAHeldOutPhrasing() {
    let facts = Vocabulary.standard.facts.facts.elements
    #expect(facts.count >= 300)
    var shown = Set<[Int]>()
    for document in documents(20_000, mixture: .only(.fact), split: .train) {
      for (fact, phrasing) in zip(document.attributes.facts, document.attributes.phrasings) {
        #expect(facts[fact].heldOutPhrasing != phrasing)
        shown.insert([fact, phrasing])
      }
    }
    #expect(shown.count > facts.count * 7 / 2)
  }
}
