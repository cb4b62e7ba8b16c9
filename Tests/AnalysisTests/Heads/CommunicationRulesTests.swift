import Corpora
import Foundation
import Statistics
import Tensors
import Testing
import Transformers

@testable import Analysis

@Suite struct CommunicationRulesTests {
  private static let tokens = [
    "[CLS]", "the", "cat", "saw", "a", "dog", "in", "old", "towns", "[SEP]",
  ]

  private func rules(_ rules: [PlantedAttention.Rule], rows count: Int = 6) throws
    -> CommunicationRules
  {
    let planted = try PlantedAttention(isCausal: false)
    var sums = RuleSums(planted.selection, framing: { $0.frame(.keep) }, seed: 1)
    for index in 0..<count {
      sums.add(planted.row(index, tokens: Self.tokens, special: [0, 9], rules))
    }
    return try sums.result(texts: count, seed: 1)
  }

  private func weight(_ rule: AttentionRule, _ head: Int, _ found: CommunicationRules) -> Double {
    found.rules.firstIndex { $0.contains(rule) }.map { found.findings[head].weights[$0] } ?? 0
  }

  @Test func aMixtureOfRulesIsRecovered() throws {
    // Where there is no token before, all goes to the separator.
    let mixed: PlantedAttention.Rule = { query, key, count in
      (key == query - 1 ? 0.7 : 0) + (key == count - 1 ? 0.3 : 0)
    }
    let found = try rules([mixed, PlantedAttention.first, PlantedAttention.uniform, mixed])
    #expect(abs(weight(.previous, 0, found) - 0.7) < 1e-3)
    #expect(abs(weight(.separator, 0, found) - 0.3) < 1e-3)
    #expect(weight(.itself, 0, found) < 1e-3 && weight(.uniform, 0, found) < 1e-3)
    #expect(abs(found.findings[0].coverage.value - 1) < 1e-3)
    #expect(found.findings[0].null < 0.5)
    #expect(abs(weight(.first, 1, found) - 1) < 1e-3)
    #expect(found.main(of: 0).map(\.rules) == [[.previous], [.separator]])
    // A head that looks everywhere alike leaves nothing to cover.
    #expect(found.findings[2].coverage.value.isNaN)
    #expect(weight(.uniform, 2, found) > 0.99)
  }

  @Test func whatNoRuleSaysIsNotCovered() throws {
    // The fourth token is no rule's business.
    let odd: PlantedAttention.Rule = { _, key, _ in key == 3 ? 1 : 0 }
    let half: PlantedAttention.Rule = { query, key, _ in
      (key == 3 ? 0.5 : 0) + (key == query ? 0.5 : 0)
    }
    let found = try rules([odd, half, odd, half])
    #expect(found.findings[0].coverage.value < 0.4)
    let both = found.findings[1].coverage.value
    #expect(both > found.findings[0].coverage.value && both < 0.95)
    // Texts that are all alike show no spread.
    #expect(found.findings[1].coverage.low.isNaN && found.findings[1].coverage.high.isNaN)
  }

  @Test func rulesThatPickTheSameTokensStandTogether() throws {
    // The first of thirty words heads all others and is their subject.
    let names = (0..<30).map { "w\($0)" }
    var text = AnnotatedText(names.joined(separator: " "))
    var start = 0
    for (place, name) in names.enumerated() {
      var word = AnnotatedWord(name, at: start..<start + name.utf8.count)
      word.relation = place == 0 ? "nsubj" : "dep"
      word.head = place == 0 ? nil : 0
      text.words.append(word)
      start += name.utf8.count + 1
    }
    let planted = try PlantedAttention(isCausal: false)
    var sums = RuleSums(planted.selection, framing: { $0.frame(.keep) }, seed: 1)
    sums.add(
      planted.row(
        0, tokens: names, text: text, words: names.indices.map { $0 },
        [
          PlantedAttention.first
        ]))
    let found = try sums.result(texts: 1, seed: 1)
    #expect(found.rules.contains { Set($0) == [.first, .head, .subject] })
    #expect(weight(.subject, 0, found) > 0.99)
    #expect(!found.rules.contains { $0.contains(.previous) && $0.count > 1 })
  }

  @Test func causalHeadsHaveNoNextToken() throws {
    let planted = try PlantedAttention(isCausal: true)
    var sums = RuleSums(planted.selection, framing: { $0.frame(.keep) }, seed: 1)
    sums.add(planted.row(0, tokens: Self.tokens, [PlantedAttention.previous]))
    let found = try sums.result(texts: 1, seed: 1)
    #expect(!found.rules.contains { $0.contains(.next) })
    #expect(weight(.previous, 0, found) > 0.99)
  }

  @Test func specialTokensCanBeDropped() throws {
    let planted = try PlantedAttention(isCausal: false)
    let sink: PlantedAttention.Rule = { query, key, count in
      key == count - 1 ? 0.9 : key == query ? 0.1 : 0
    }
    var sums = RuleSums(planted.selection, framing: { $0.frame(.dropBoth) }, seed: 1)
    sums.add(planted.row(0, tokens: Self.tokens, special: [0, 9], [sink]))
    let found = try sums.result(texts: 1, seed: 1)
    #expect(found.rowCount == 8)
    #expect(weight(.itself, 0, found) > 0.99)
    // A head with nothing but special tokens has no row left.
    var empty = RuleSums(planted.selection, framing: { $0.frame(.dropKeys) }, seed: 1)
    empty.add(planted.row(0, tokens: Self.tokens, special: [0, 9], [PlantedAttention.first]))
    #expect(empty.rowCount == 0 && empty.skipped == 10)
  }

  @Test func aligningHeadsAreFoundBetweenTheStacks() throws {
    let model = try TinyModels.mbart()
    let selection = try HeadSelection(
      [try Address(parsing: "dec.L0.cross.H*")], in: model.description)
    let names = AttentionRule.library(isCross: selection.isCross)
    #expect(names.contains(.source) && !names.contains(.previous))
    let experiment = Experiment(model: model, runtime: try model.runtime(.double))
    var text = AnnotatedText(cutting: "the cat sat")
    text.target = "the dog sat"
    text.targetWords = AnnotatedText(cutting: "the dog sat").words
    for place in text.targetWords.indices { text.targetWords[place].sources = [place] }
    let rows = [try AnnotatedRow(text, for: model)]
    let found = try experiment.listening(of: selection, over: rows, classes: .frequency, seed: 1)
    #expect(found.rules.rules.contains { $0.contains(.source) })
    #expect(found.rules.findings.count == 2)
    #expect(found.rules.findings.allSatisfy { abs($0.shares.reduce(0, +) - 1) < 1e-9 })
  }

  @Test func classesTellOfEachOtherOnlyWhereTheHeadChooses() throws {
    // Two kinds of words in a random order; one head looks at the other kind, one everywhere alike.
    let planted = try PlantedAttention(isCausal: false)
    var random = SeededGenerator(seed: 4)
    var rows: [AttentionRow] = []
    for index in 0..<20 {
      let isNoun = (0..<12).map { _ in random.next() & 1 == 0 }
      var text = AnnotatedText(isNoun.map { $0 ? "n" : "v" }.joined(separator: " "))
      for (place, noun) in isNoun.enumerated() {
        var word = AnnotatedWord(noun ? "n" : "v", at: 2 * place..<2 * place + 1)
        word.partOfSpeech = noun ? "NOUN" : "VERB"
        text.words.append(word)
      }
      let other: PlantedAttention.Rule = { query, key, _ in
        isNoun[query] != isNoun[key] ? 1 : 0
      }
      rows.append(
        planted.row(
          index, tokens: isNoun.map { $0 ? "n" : "v" }, text: text, words: Array(0..<12),
          [other, PlantedAttention.uniform]))
    }
    var sums = ClassSums(
      planted.selection, by: .partOfSpeech, rows: rows.map(\.row), framing: { $0.frame(.keep) },
      seed: 1)
    for row in rows { sums.add(row) }
    let found = sums.results()
    #expect(found[0].corrected > 0.5 && found[0].corrected < M_LN2 + 1e-9)
    #expect(abs(found[1].corrected) < 0.1)
    #expect(abs(found[1].raw - found[1].text) < 1e-9)
  }

  @Test func scoresAreSplitIntoPlaceAndContent() throws {
    let planted = try PlantedAttention(isCausal: false)
    var random = SeededGenerator(seed: 9)
    let names = (0..<8).map { "t\($0)" }
    let far: PlantedAttention.Rule = { query, key, _ in exp(-abs(Double(key - query))) }
    var rows: [AttentionRow] = []
    for index in 0..<30 {
      let tokens = (0..<10).map { _ in names[Int.random(in: 0..<8, using: &random)] }
      let content: PlantedAttention.Rule = { _, key, _ in
        exp(sin(Double(tokens[key].utf8.last ?? 0)))
      }
      let noise = (0..<100).map { _ in exp(random.normal()) }
      let chance: PlantedAttention.Rule = { query, key, _ in noise[query * 10 + key] }
      rows.append(planted.row(index, tokens: tokens, [far, content, chance]))
    }
    var sums = ScoreSums(
      planted.selection, rows: rows.map(\.row), framing: { $0.frame(.keep) }, seed: 1)
    for row in rows { sums.add(row) }
    let found = try sums.results()
    // A token is always the same as itself, so tokens explain some of what distance decides.
    #expect(found[0].position > 0.99 && found[0].contentOnly < 0.05)
    #expect(found[0].positionOnly > 0.5)
    #expect(found[1].contentOnly > 0.9 && found[1].positionOnly < 0.05)
    #expect(abs(found[2].both) < 0.1)
  }
}
