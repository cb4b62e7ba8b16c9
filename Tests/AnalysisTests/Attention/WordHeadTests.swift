import Corpora
import Foundation
import Statistics
import Tensors
import Testing
import Transformers

@testable import Analysis

/// Heads that were made to know the truth, or only a distance, and what the measures say of them.
@Suite struct WordHeadTests {
  /// Generated texts whose words are one token each behind a special one.
  private func texts(_ count: Int, kind: Kind = .plain) -> [AnnotatedText] {
    var generator = TextGenerator(seed: 5, mixture: .only(kind), split: .all)
    return (0..<count).map { _ in AnnotatedText(generator.next()) }
  }

  private func row(
    _ planted: PlantedAttention, _ index: Int, _ text: AnnotatedText,
    _ rules: [PlantedAttention.Rule]
  ) -> AttentionRow {
    planted.row(
      index, tokens: ["<s>"] + text.words.map(\.text), special: [0], text: text,
      words: [nil] + text.words.indices.map { $0 }, rules)
  }

  /// Looks at the head of each word; roots look at the special token.
  private func gold(_ text: AnnotatedText) -> PlantedAttention.Rule {
    { query, key, _ in
      guard query > 0, let head = text.words[query - 1].head else { return key == 0 ? 1 : 0 }
      return key == head + 1 ? 1 : 0
    }
  }

  @Test func goldTreesAreFoundWhole() throws {
    let planted = try PlantedAttention(isCausal: false)
    let texts = texts(60)
    var found = DependencyHeads(rows: texts.count, heads: planted.selection)
    for (index, text) in texts.enumerated() {
      found.add(row(planted, index, text, [PlantedAttention.uniform, gold(text)]))
    }
    let findings = found.findings(least: 40, seed: 1)
    let all = try #require(findings.first)
    #expect(all.group == "all" && all.head % 2 == 1 && all.way == 0)
    for finding in findings {
      #expect(finding.accuracy.value == 1 && finding.accuracy.low.isNaN)
      #expect(finding.p < 0.01 || finding.chance == 1)
      #expect(!["punct", "root"].contains(finding.group))
    }
    // A relation that always has one distance can be guessed from it; all relations together cannot.
    #expect(all.baselineAccuracy < 0.7 && all.chance < 0.7 && all.p < 0.01)
  }

  @Test func aDistanceGetsItsBaselineAndNoMore() throws {
    let planted = try PlantedAttention(isCausal: false)
    let texts = texts(60)
    let next: PlantedAttention.Rule = { query, key, count in
      key == min(query + 1, count - 1) ? 1 : 0
    }
    var found = DependencyHeads(rows: texts.count, heads: planted.selection)
    for (index, text) in texts.enumerated() { found.add(row(planted, index, text, [next])) }
    for finding in found.findings(least: 40, seed: 1) where finding.way == 0 {
      #expect(finding.baseline == "+1")
      #expect(abs(finding.accuracy.value - finding.baselineAccuracy) < 1e-6)
      #expect(finding.p > 0.05)
    }
  }

  @Test func causalHeadsAreAskedWhereTheyCanSee() throws {
    let planted = try PlantedAttention(isCausal: true)
    let texts = texts(120)
    var found = DependencyHeads(rows: texts.count, heads: planted.selection)
    for (index, text) in texts.enumerated() {
      // The later word of each pair looks at the earlier one.
      let rule: PlantedAttention.Rule = { query, key, _ in
        guard query > 0, key > 0 else { return key == 0 ? 1e-6 : 0 }
        let (late, early) = (text.words[query - 1], text.words[key - 1])
        return late.head == key - 1 || early.head == query - 1 ? 1 : 0
      }
      found.add(row(planted, index, text, [rule]))
    }
    let findings = found.findings(least: 10, seed: 1)
    let determiner = try #require(findings.first { $0.group == "det" })
    #expect(determiner.way == 1 && determiner.accuracy.value > 0.95)
    let object = try #require(findings.first { $0.group == "obj" })
    #expect(object.way == 0 && object.tested <= object.cases)
  }

  /// A head that is right in half of the questions knows something, though a way of reading that sees
  /// few pairs lets others hit more of them by chance.
  @Test func halfRightIsMoreThanChanceWhateverOtherHeadsMayHit() throws {
    let planted = try PlantedAttention(isCausal: true)
    let texts = texts(200)
    var random = SeededGenerator(seed: 4)
    var found = DependencyHeads(rows: texts.count, heads: planted.selection)
    for (index, text) in texts.enumerated() {
      let knows = text.words.map { _ in random.uniform() < 0.5 }
      let rule: PlantedAttention.Rule = { query, key, _ in
        guard query > 0, key > 0, key <= query else { return key == 0 ? 1e-6 : 0 }
        let (late, early) = (text.words[query - 1], text.words[key - 1])
        return knows[query - 1] && (late.head == key - 1 || early.head == query - 1) ? 1 : 0
      }
      let noise: [PlantedAttention.Rule] = (1..<4).map { salt in
        { query, key, _ in Double((query * 7 + key * 13 + index * 31) * salt % 11) }
      }
      found.add(row(planted, index, text, [rule] + noise))
    }
    let cases = found.cases
    for finding in found.findings(least: 40, seed: 1) {
      #expect(finding.accuracy.value > finding.chance || finding.p > 0.01)
      let places = cases.cases.indices.filter {
        finding.group == "all" || cases.cases[$0].group == finding.group
      }
      #expect(places.count { cases.cases[$0].isVisible[finding.way] } >= 20)
      #expect(finding.tested >= 10)
    }
  }

  @Test func thePossessiveMarkerIsAskedForThePossessor() throws {
    let planted = try PlantedAttention(isCausal: false)
    var text = AnnotatedText("John 's book fell")
    let heads: [(String, Int?, String)] = [
      ("John", 2, "nmod:poss"), ("'s", 0, "case"), ("book", 3, "nsubj"), ("fell", nil, "root"),
    ]
    for (place, (word, head, relation)) in heads.enumerated() {
      var annotated = AnnotatedWord(word, at: place..<place + 1)
      annotated.head = head
      annotated.relation = relation
      text.words.append(annotated)
    }
    let marker: PlantedAttention.Rule = { query, key, _ in key == (query == 2 ? 3 : 4) ? 1 : 0 }
    var found = DependencyHeads(rows: 1, heads: planted.selection)
    found.add(row(planted, 0, text, [marker]))
    let place = try #require(found.cases.cases.firstIndex { $0.group == "nmod:poss" })
    #expect(found.cases.credits[0][place] == 1)
  }

  @Test func antecedentsAreFoundWhole() throws {
    let planted = try PlantedAttention(isCausal: true)
    let texts = texts(80, kind: .pronoun)
    for candidates in CoreferenceHeads.Candidates.allCases {
      var found = CoreferenceHeads(
        rows: texts.count, heads: planted.selection, candidates: candidates)
      for (index, text) in texts.enumerated() {
        let rule: PlantedAttention.Rule = { query, key, _ in
          guard query > 0, key > 0, key < query else { return key == 0 ? 1e-6 : 0 }
          let entity = text.words[query - 1].entity
          return entity != nil && entity == text.words[key - 1].entity ? 1 : 0
        }
        let nearest: PlantedAttention.Rule = { query, key, _ in Double(key) }
        found.add(row(planted, index, text, [rule, nearest]))
      }
      let all = try #require(found.findings(least: 40, seed: 1).first)
      #expect(all.accuracy.value == 1 && all.head % 2 == 0)
      #expect(all.baselineAccuracy < 1 && found.chance < 1)
      let pronouns = found.findings(least: 40, seed: 1).first { $0.group == "pronoun" }
      #expect(pronouns?.accuracy.value == 1)
      if candidates == .mentions {
        let baseline = found.cases.baseline(0, Array(found.cases.cases.indices), way: 0)
        let share = found.cases.accuracy(2, Array(found.cases.cases.indices), way: 0).share
        #expect(abs(baseline - share) < 1e-6)
      }
    }
  }

  @Test func mentionsOfSeveralWordsHaveOneHead() {
    var words = ["the", "big", "dog", "saw", "it"].enumerated().map {
      AnnotatedWord($1, at: $0..<$0 + 1)
    }
    for place in 0...2 { words[place].entity = 1 }
    words[0].head = 2
    words[1].head = 2
    words[2].head = 3
    words[4].entity = 1
    let found = CoreferenceHeads.mentions(words)
    #expect(found.map(\.head) == [2, 4] && found.map(\.entity) == [1, 1])
  }

  @Test func wordsWithoutTruthAskNothing() throws {
    let planted = try PlantedAttention(isCausal: false)
    let text = AnnotatedText("a b", words: [AnnotatedWord("a", at: 0..<1)])
    let row = row(planted, 0, text, [PlantedAttention.uniform])
    var dependencies = DependencyHeads(rows: 1, heads: planted.selection)
    dependencies.add(row)
    var mentions = CoreferenceHeads(rows: 1, heads: planted.selection)
    mentions.add(row)
    #expect(dependencies.findings(least: 1, seed: 1).isEmpty)
    #expect(mentions.findings(least: 1, seed: 1).isEmpty && mentions.chance.isNaN)
  }
}
