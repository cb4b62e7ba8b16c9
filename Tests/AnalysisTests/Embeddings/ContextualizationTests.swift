import Corpora
import Faults
import Testing
import Transformers

@testable import Analysis

@Suite struct ContextualizationTests {
  /// "the cat" twice and "cat sat" twice, the cat with a sense that its neighbour shows.
  private func rows(_ model: Model) throws -> [AnnotatedRow] {
    let texts = [
      "the cat", "cat sat", "the cat sat", "cat sat dog", "the cat dog", "cat sat sat",
    ]
    return try texts.map { text in
      var words: [AnnotatedWord] = []
      var start = 0
      for word in text.split(separator: " ") {
        words.append(AnnotatedWord(String(word), at: start..<start + word.utf8.count))
        start += word.utf8.count + 1
      }
      for index in words.indices where words[index].text == "cat" {
        words[index].sense = index == 0 ? "first" : "second"
      }
      return try AnnotatedRow(AnnotatedText(text, words: words), for: model)
    }
  }

  @Test func occurrencesAreFoundByWordAndSense() throws {
    let model = try TinyModels.bert()
    let found = try rows(model).occurrences(of: nil)
    #expect(found.map(\.sense) == ["second", "first", "second", "first", "second", "first"])
    #expect(found.map(\.positions) == [[2], [1], [2], [1], [2], [1]])
    #expect(try rows(model).occurrences(of: "dog").isEmpty)
    var text = AnnotatedText("the dog", words: [AnnotatedWord("dog", at: 4..<7)])
    text.columns["sense"] = "animal"
    let named = [try AnnotatedRow(text, for: model)]
    #expect(named.occurrences(of: "dog").map(\.sense) == ["animal"])
    #expect(named.occurrences(of: nil).isEmpty)
  }

  @Test func streamsThatKnowTheNeighbourPartBySense() throws {
    let model = try TinyModels.bert()
    let rows = try rows(model)
    let experiment = Experiment(model: model, runtime: try model.runtime(.double))
    let found = try experiment.contextualization(
      of: rows.occurrences(of: nil), in: rows, pairs: 50, seed: 0)
    let names = ["L0.resid.pre", "L0.resid.post", "L1.resid.post"]
    #expect(found.readings.map { "\($0.address)" } == names)
    #expect(found.counts.map(\.count) == [3, 3] && found.skipped == 0)
    for reading in found.readings {
      // Positions tell the senses apart here, so cosines within are higher everywhere.
      #expect(reading.contrast.difference.value > 0)
      #expect(
        abs(
          reading.within - reading.across
            - (reading.contrast.within - reading.contrast.between)) < 1e-12)
    }
    // Before the first layer the vectors of a sense are equal: one word at one position.
    #expect(abs(found.readings[0].contrast.within - 1) < 1e-12)
  }

  @Test func oneSenseIsTooFew() throws {
    let model = try TinyModels.bert()
    let rows = try rows(model)
    let experiment = Experiment(model: model, runtime: try model.runtime(.double))
    let first = rows.occurrences(of: nil).filter { $0.sense == "first" }
    #expect(throws: Fault.self) {
      try experiment.contextualization(of: first, in: rows, seed: 0)
    }
  }
}
