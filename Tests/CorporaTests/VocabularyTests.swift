import Testing

@testable import Corpora

@Suite struct VocabularyTests {
  private let words = Vocabulary.standard

  @Test func tablesAreReadWhole() {
    let tables: [(String, Int)] = [
      (NounTables.people, words.people.elements.count),
      (NounTables.animals, words.animals.elements.count),
      (NounTables.things, words.things.elements.count),
      (NounTables.places, words.places.elements.count),
      (NounTables.foods, words.foods.elements.count),
      (VerbTables.general, words.general.elements.count),
      (VerbTables.handling, words.handling.elements.count),
      (VerbTables.living, words.living.elements.count),
      (AdjectiveTables.animate, words.animate.elements.count),
      (AdjectiveTables.inanimate, words.inanimate.elements.count),
      (SenseTables.senses, words.senses.elements.count),
      (RoleTables.roles, words.roles.elements.count),
      (ReviewTables.items, words.items.elements.count),
    ]
    for (table, count) in tables { #expect(rows(table).count == count, "\(table)") }
    let relations = [
      FactTables.capital, FactTables.export, FactTables.home, FactTables.profession,
      FactTables.color, FactTables.pet, FactTables.diet,
    ]
    let stated = [Relation.capital, .export, .home, .profession, .color, .pet, .diet]
    for (table, relation) in zip(relations, stated) {
      let phrases = words.facts.phrasings[relation] ?? []
      #expect(phrases.count == FactBook.phrasingCount)
      #expect(phrases.map(\.count) == rows(table).map(\.count), "\(relation)")
    }
  }

  /// A key that no table has would stand for the first word of the lexicon.
  @Test func keysOfTheTablesExist() {
    for row in rows(RoleTables.roles) + rows(SenseTables.senses) {
      let parts = row.split(separator: ";").map(Array.init)
      let keys = (row.contains { $0.contains(":") } ? parts[1] + parts[2] : parts.flatMap { $0 })
      for key in keys { #expect(words.lexicon.has(key), "\(key)") }
      for pair in parts.last ?? [] where pair.contains(":") {
        for key in pair.split(separator: ":") { #expect(words.lexicon.has(String(key)), "\(pair)") }
      }
    }
    for key in NumberTables.bySize.split(separator: " ") {
      #expect(words.lexicon.has(String(key)), "\(key)")
    }
  }

  @Test func vocabularyHasItsSize() {
    var generator = TextGenerator(seed: 3, split: .all)
    var seen = Set<String>()
    for _ in 0..<40_000 {
      for part in generator.next().text.split(separator: " ") {
        seen.insert(part.trimmingPunctuation())
      }
    }
    #expect((900...1200).contains(seen.count), "\(seen.count)")
    #expect((seen.count...1300).contains(words.lexicon.wordTypes))
  }

  @Test func formsTellNumberAndTense() {
    for lexeme in words.lexicon.lexemes {
      let forms = lexeme.forms
      if lexeme.partOfSpeech == .verb {
        #expect(forms[Int(Form.base.rawValue)] != forms[Int(Form.past.rawValue)], "\(lexeme.key)")
        #expect(lexeme.korean.hasSuffix("다") && lexeme.koreanPast.hasSuffix("다"))
      }
    }
    for kind in [words.people, words.animals, words.things, words.places, words.foods] {
      for noun in kind.elements {
        #expect(words.lexicon.spelling(noun, .base) != words.lexicon.spelling(noun, .plural))
      }
    }
  }

  @Test func frequenciesFallAsZipfSays() {
    let shares = words.animals.probabilities
    #expect(abs(shares[0] / shares[9] - 10) < 1e-9)
    #expect(words.facts.facts.probabilities.last.map { shares[0] > $0 && $0 > 0.001 } ?? false)
  }
}

extension Substring {
  fileprivate func trimmingPunctuation() -> String {
    String(self.filter { $0 != "." && $0 != "," })
  }
}
