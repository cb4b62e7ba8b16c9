import Testing

@testable import Corpora

@Suite struct KoreanTests {
  private static func documents(_ count: Int, _ kind: Kind) -> [Document] {
    var generator = TextGenerator(seed: 43, mixture: .only(kind), split: .all)
    return (0..<count).map { _ in generator.next() }
  }

  @Test(arguments: Kind.allCases) func thePredicateComesLast(kind: Kind) {
    for document in Self.documents(400, kind) {
      for sentence in document.sentences {
        let words = sentence.translatedWords
        #expect(words.last?.text == ".")
        guard words.count >= 2, let root = sentence.words.firstIndex(where: { $0.head == nil })
        else {
          Issue.record("\(sentence.text): \(sentence.translation)")
          continue
        }
        // The second of two joined clauses ends the sentence.
        let of = { (head: Int, relation: String) in
          sentence.words.indices.filter {
            sentence.words[$0].head == head && sentence.words[$0].relation == relation
          }
        }
        let predicate = sentence.words[root].partOfSpeech == .noun ? nil : of(root, "conj").first
        let closing = [predicate ?? root] + of(predicate ?? root, "cop")
        let last = words[words.count - 2]
        #expect(last.text.hasSuffix("다"), "\(sentence.translation)")
        #expect(!Set(last.sources).isDisjoint(with: closing), "\(sentence.translation)")
      }
    }
  }

  /// Every word but the commas is rendered by some word.
  @Test(arguments: Kind.allCases) func everySourceWordIsRendered(kind: Kind) {
    for document in Self.documents(400, kind) {
      for sentence in document.sentences {
        let rendered = Set(sentence.translatedWords.flatMap(\.sources))
        for (place, word) in sentence.words.enumerated() where word.text != "," {
          #expect(rendered.contains(place), "\(word.text) in \(sentence.text)")
        }
        #expect(sentence.translatedWords.allSatisfy { !$0.sources.isEmpty })
      }
    }
  }

  @Test(arguments: Kind.allCases) func equalTextsHaveEqualTranslations(kind: Kind) {
    var translations: [String: String] = [:]
    for document in Self.documents(500, kind) {
      let translation = document.translation
      if let earlier = translations[document.text] { #expect(earlier == translation) }
      translations[document.text] = translation
      #expect(!translation.unicodeScalars.contains { $0.value < 128 && $0.properties.isAlphabetic })
    }
  }

  @Test func particlesFollowTheFinalConsonant() {
    #expect(KoreanParticle.topic.form(after: "고양이") == "는")
    #expect(KoreanParticle.topic.form(after: "말") == "은")
    #expect(KoreanParticle.nominative.form(after: "개") == "가")
    #expect(KoreanParticle.nominative.form(after: "책") == "이")
    #expect(KoreanParticle.accusative.form(after: "열쇠") == "를")
    #expect(KoreanParticle.accusative.form(after: "강") == "을")
    #expect(KoreanParticle.and.form(after: "메리") == "와")
    #expect(KoreanParticle.and.form(after: "존") == "과")
    #expect(KoreanParticle.toward.form(after: "학교") == "로")
    #expect(KoreanParticle.toward.form(after: "시장") == "으로")
    #expect(KoreanParticle.toward.form(after: "마을") == "로")
  }

  @Test func verbsInflect() {
    let lexicon = Vocabulary.standard.lexicon
    let form = { (key: String, tense: Tense, ending: KoreanEnding) in
      lexicon[lexicon.id(key)].predicate(tense, ending)
    }
    #expect(form("see", .present, .final) == "본다")
    #expect(form("see", .present, .adnominal) == "보는")
    #expect(form("see", .past, .adnominal) == "본")
    #expect(form("eat", .present, .final) == "먹는다")
    #expect(form("open", .present, .final) == "연다")
    #expect(form("open", .present, .adnominal) == "여는")
    #expect(form("hear", .past, .final) == "들었다")
    #expect(form("go", .past, .when) == "갔을 때")
    #expect(form("big", .past, .because) == "컸기 때문에")
    #expect(form("hungry", .present, .final) == "배고프다")
    #expect(lexicon[lexicon.id("hungry")].infinitive == "배고파")
    #expect(lexicon[lexicon.id("cold")].infinitive == "차가워")
  }

  /// The order of the whole, by hand.
  @Test func sentencesReadAsTheyShould() {
    var found: [String: String] = [:]
    for document in Self.documents(4_000, .role) {
      found[document.text] = document.translation
    }
    #expect(found["the guest tipped the waiter."] == "손님은 웨이터에게 사례했다.")
    #expect(found["the waiter was tipped by the guest."] == "웨이터는 손님이 사례했다.")
    for (text, translation) in found where text == "the thief that the guard arrested was hungry." {
      #expect(translation == "경비원이 체포한 도둑은 배고팠다.")
    }
  }
}
