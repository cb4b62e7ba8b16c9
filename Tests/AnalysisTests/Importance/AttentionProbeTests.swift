@testable import Analysis
import Corpora
import Faults
import Statistics
import Tensors
import TestSupport
import Testing
import Transformers

/// Probes that find heads by attention.
@Suite struct AttentionProbeTests {
  /// "the cat sat": the word in the middle is the root's dependent, the last one the root.
  private func tree(_ words: [String], heads: [Int?]) -> AnnotatedText {
    var text = AnnotatedText(words.joined(separator: " "))
    var start = 0
    for (word, head) in zip(words, heads) {
      let end = start + word.utf8.count
      var annotated = AnnotatedWord(word, at: start..<end)
      annotated.head = head
      annotated.relation = head == nil ? "root" : "dep"
      text.words.append(annotated)
      start = end + 1
    }
    return text
  }

  private func experiment(_ model: Model, gold: Bool) throws -> Experiment {
    // [CLS] the cat sat dog [SEP], and the heads cat, sat, root, sat.
    var pattern = [Double](repeating: 0, count: 36)
    for (word, head) in [(0, 0), (1, 2), (2, 3), (3, 0), (4, 3), (5, 5)] {
      pattern[word * 6 + head] = 1
    }
    let array = try #require(NumberArray(shape: [6, 6], elements: pattern))
    let replace = Intervention(.replace(array), at: try Address(parsing: "L1.H1.pattern"))
    return Experiment(
      model: model, runtime: try model.runtime(.double),
      active: gold ? [ActiveIntervention(id: 1, replace)] : [])
  }

  private func rows(_ model: Model, count: Int) throws -> [AnnotatedRow] {
    let words = ["the", "cat", "sat", "dog"]
    return try (0..<count).map { _ in
      try AnnotatedRow(tree(words, heads: [1, 2, nil, 2]), for: model)
    }
  }

  @Test func aGoldTreeInOneHeadIsRead() throws {
    let model = try TinyModels.bert()
    var settings = AttentionProbe.Settings()
    settings.epochs = 40
    settings.rate = 0.02
    settings.hidden = 8
    let probe = try AttentionProbe(
      try rows(model, count: 12), heads: try HeadSelection(in: model.description),
      settings: settings, with: try experiment(model, gold: true))
    #expect(probe.scores[0].name == "attention")
    #expect(probe.scores[0].accuracy.value == 1)
    #expect(probe.sentences == 3 && probe.words == 12 && probe.learnt == 9)
    let next = try #require(probe.scores.first { $0.name == "head is the next word" })
    #expect(next.accuracy.value == 0.5)
    let before = try #require(probe.scores.first { $0.name == "head is the word before" })
    #expect(before.accuracy.value == 0.25)
  }

  /// Gates hold what heads give from word to word, and anchors what goes to [CLS] and [SEP].
  @Test func linksAreThoseOfThePattern() throws {
    let model = try TinyModels.bert()
    let data = try DependencySentences(
      try rows(model, count: 1), heads: try HeadSelection(in: model.description),
      with: try experiment(model, gold: true)
    ) { _ in }
    let group = try #require(data.sentences.first).group
    #expect(group.count == 4 && group.gateCount == 8 && group.anchorCount == 2)
    #expect(group.choices == [.member(1), .member(2), .nobody, .member(2)])
    // Head L1.H1 is the fourth of four: gates 6 and 7.
    let gate = Array(group.gates[(6 * 16)..<(7 * 16)])
    let gold: [Float] = [0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0]
    #expect(gate == gold)
    let turned = Array(group.gates[(7 * 16)..<(8 * 16)])
    let expected: [Float] = (0..<16).map { place in gate[place % 4 * 4 + place / 4] }
    #expect(turned == expected)
    let root: [Float] = [0, 0, 1, 0]
    #expect(Array(group.anchors[(6 * 4)..<(7 * 4)]) == root)
    #expect(group.vectors.contains { $0 != 0 } && group.width == 8)
  }

  @Test func punctuationIsNotScored() throws {
    let model = try TinyModels.bert()
    var text = tree(["the", "cat", "sat"], heads: [1, 2, nil])
    text.words[0].partOfSpeech = "PUNCT"
    let data = try DependencySentences(
      [try AnnotatedRow(text, for: model)], heads: try HeadSelection(in: model.description),
      with: try experiment(model, gold: false)
    ) { _ in }
    #expect(data.sentences[0].group.choices == [nil, .member(2), .nobody])
  }

  @Test func whatCannotBeProbedIsRefused() throws {
    let model = try TinyModels.bert()
    let heads = try HeadSelection(in: model.description)
    let bare = [try AnnotatedRow(AnnotatedText("the cat"), for: model)]
    let plain = try experiment(model, gold: false)
    for rows in [bare, try rows(model, count: 1)] {
      #expect(throws: Fault.self) { try AttentionProbe(rows, heads: heads, with: plain) }
    }
    let both = try TinyModels.mbart()
    let cross = try HeadSelection(
      [try Address(parsing: "dec.L0.cross.H*")], in: both.description)
    #expect(throws: Fault.self) {
      try AttentionProbe(
        [], heads: cross, with: Experiment(model: both, runtime: try both.runtime(.double)))
    }
  }
}
