import Corpora
import Foundation
import Statistics
import Testing
import Transformers

@testable import Analysis

/// Detectors of roles on heads that were made to have them.
@Suite struct RoleDetectorTests {
  @Test func shiftsArePositional() throws {
    let planted = try PlantedAttention(isCausal: true)
    var found = PositionalHeads(rows: 2, heads: planted.selection)
    let back: PlantedAttention.Rule = { query, key, _ in key == max(query - 3, 0) ? 1 : 0 }
    for index in 0..<2 {
      found.add(
        planted.row(
          index, tokens: (0..<16).map(String.init),
          [
            PlantedAttention.previous, PlantedAttention.identity, back, PlantedAttention.uniform,
          ]))
    }
    #expect(found.hits.mean(found.column(0, -1)) == 1 && found.best(0) == -1)
    #expect(found.hits.mean(found.column(1, 0)) == 1 && found.best(1) == 0)
    #expect(found.hits.mean(found.column(2, -3)) == 1 && found.best(2) == -3)
    // All keys tie in a uniform row, so that each gets its share of the credit.
    let column = found.column(3, -1)
    #expect(abs(found.hits.mean(column) - found.chance.mean(column)) < 1e-12)
  }

  @Test func theRarestTokenIsFound() throws {
    let planted = try PlantedAttention(isCausal: false)
    let tokens = ["[CLS]", "the", "the", "aardvark", "the", "of", "zebra", "of"]
    let rare: PlantedAttention.Rule = { _, key, _ in key == 3 ? 1 : 0 }
    let special: PlantedAttention.Rule = { _, key, _ in key == 0 ? 0.9 : key == 3 ? 0.1 : 0 }
    let second: PlantedAttention.Rule = { _, key, _ in key == 6 ? 1 : 0 }
    let rows = [0, 1].map { index in
      planted.row(
        index, tokens: index == 0 ? tokens : tokens.map { $0 == "aardvark" ? "zebra" : $0 },
        special: [0], [rare, special, second, PlantedAttention.uniform])
    }
    var found = RareTokenHeads(rows.map(\.row), heads: planted.selection)
    found.add(rows[0])
    #expect(found.rarest.mean(0) == 1 && found.rarest.mean(1) == 1)
    #expect(found.rarest.mean(2) == 0 && found.twoRarest.mean(2) == 1)
    #expect(abs(found.rarest.mean(3) - 1.0 / 7) < 1e-12)
    #expect(abs(found.chance.mean(3) - 1.0 / 7) < 1e-12)
  }

  /// Four times the same 25 tokens, without a special token, as closed forms have it.
  private func repeated(_ planted: PlantedAttention, _ rules: [PlantedAttention.Rule])
    -> RepetitionHeads
  {
    var found = RepetitionHeads(rows: 1, heads: planted.selection)
    found.add(planted.row(tokens: (0..<100).map { "t\($0 % 25)" }, rules))
    return found
  }

  @Test func inductionAndDuplicatesAreToldApart() throws {
    let planted = try PlantedAttention(isCausal: true)
    let induction: PlantedAttention.Rule = { query, key, _ in
      key == max(query - 24, 0) ? 1 : 0
    }
    let duplicate: PlantedAttention.Rule = { query, key, _ in
      key == (query < 25 ? query : query - 25) ? 1 : 0
    }
    let found = repeated(planted, [induction, duplicate, PlantedAttention.uniform])
    #expect(found.induction.mean(0) == 1 && found.duplicate.mean(0) == 0)
    #expect(found.induction.mean(1) == 0 && found.duplicate.mean(1) == 1)
    #expect(abs(found.induction.mean(2) - 0.0313) < 5e-4)
    #expect(abs(found.induction.mean(2) - found.inductionChance.mean(2)) < 1e-12)
  }

  @Test func attentionInBothDirectionsHasNoInduction() throws {
    let planted = try PlantedAttention(isCausal: false)
    let found = repeated(planted, [PlantedAttention.uniform])
    #expect(found.induction.mean(0).isNaN && abs(found.duplicate.mean(0) - 0.03) < 1e-12)
  }

  @Test func repeatedTokensFitTheContextAndKeepTheEdges() throws {
    let model = try Model.randomTiny()
    let corpus = try ["The cat sees the dog.", "A big dog ran to the park."].map {
      try AnnotatedRow(AnnotatedText($0), for: model)
    }
    let made = RepeatedTokens(like: corpus, for: model.description, count: 3, seed: 1)
    #expect(made.rows.count == 3 && made.period <= 25 && made.period > 10)
    for row in made.rows {
      let written = row.row.tokens.filter { $0.origin == .text }.map(\.id)
      #expect(written.count == 4 * made.period)
      #expect(Set(written).count == made.period)
      #expect(Array(written.prefix(made.period)) == Array(written.suffix(made.period)))
      let front = corpus[0].row.tokens.prefix { $0.origin == .template }.count
      #expect(row.row.tokens.prefix { $0.origin == .template }.count == front)
    }
    let short = RepeatedTokens(
      like: corpus, for: try TinyModels.gpt2().description, count: 2, seed: 1)
    #expect(short.rows.allSatisfy { $0.row.count <= 16 })
    #expect(RepeatedTokens(like: [], for: model.description, count: 2, seed: 1).rows.isEmpty)
  }
}
