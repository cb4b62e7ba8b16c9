import Corpora
import Faults
import Statistics
import Tensors
import Testing
import Transformers

@testable import Analysis

@Suite struct InfluenceTests {
  private static func options() -> AmountOfInfluence.Options {
    var options = AmountOfInfluence.Options()
    options.sentences = 60
    return options
  }

  @Test func withoutAttentionNobodyHasInfluence() throws {
    let reader = try Reader(sentences: 120, edit: Reader.zeroing("attn.c_proj"))
    let found = try AmountOfInfluence(reader.experiment, reader.corpus, Self.options())
    #expect(found.isCausal)
    #expect(found.influences.map(\.layer) == [1, 1, 2, 2])
    for influence in found.influences {
      #expect(abs(influence.distance.distance.value) < 1e-9)
      #expect(abs(influence.turn.value) < 1e-12 && influence.growth.value == 0)
    }
  }

  @Test func aTokenThatIsAttendedToHasInfluence() throws {
    let reader = try Reader(sentences: 120)
    let found = try AmountOfInfluence(reader.experiment, reader.corpus, Self.options())
    for influence in found.influences {
      #expect(influence.distance.distance.value > 1e-6)
      #expect(influence.growth.value > 0)
      #expect(influence.distance.distance.value < influence.distance.null)
    }
  }

  @Test func groupsHaveEquallyManySentencesOfTheSameLengths() throws {
    let model = try TinyModels.reader(of: Reader.words)
    var random = SeededGenerator(seed: 9)
    let rows = try (0..<200).map { _ in
      let words = (0..<3 + random.index(below: 6)).map { _ in
        Reader.words[random.index(below: 12)]
      }
      return try AnnotatedRow(Reader.text(words), for: model)
    }
    let corpus = CorpusTokens(rows, of: model.description)
    let sample = try InfluenceSample(corpus, Self.options(), isCausal: true, leastRows: 10)
    #expect(sample.members.count == 2)
    let lengths = sample.members.map { group in group.map { rows[$0.row].row.count }.sorted() }
    #expect(lengths[0] == lengths[1])
    #expect(abs(sample.sentences - 60) < 8)
    for member in sample.members.flatMap({ $0 }) {
      #expect(!member.others.isEmpty && member.others.allSatisfy { $0 > member.position })
      let tokens = rows[member.row].row.tokens
      #expect(tokens[member.position].origin == .text)
      #expect(member.others.allSatisfy { tokens[$0].origin == .text })
    }
    let both = try InfluenceSample(corpus, Self.options(), isCausal: false, leastRows: 10)
    for member in both.members.flatMap({ $0 }) {
      let text = rows[member.row].row.tokens.count { $0.origin == .text }
      #expect(member.others.count == text - 1 && !member.others.contains(member.position))
    }
  }

  @Test func hidingIsForOneBlockAndOneToken() throws {
    let reader = try Reader(sentences: 3)
    let run = HiddenRuns(experiment: reader.experiment, corpus: reader.corpus)
    let member = HiddenToken(row: 1, position: 3, others: [2, 4, 7])
    let views = try run.views([member], rows: 3) { _, _ in }
    #expect(views.sentences == [1, 1, 1])
    let row = reader.corpus.rows[1].row
    for layer in 0..<2 {
      let hide = Intervention(
        .hide(.indices([3])), at: try Address(parsing: "L\(layer).H*"))
      var experiment = reader.experiment
      experiment.active = [ActiveIntervention(id: 1, hide)]
      let site = Site(.residPost, layer: layer)
      let capture = Capture(site: site, positions: member.others)
      let plain = try #require(
        try reader.experiment.run([row], captures: [capture]).captured[capture])
      let hidden = try #require(try experiment.run([row], captures: [capture]).captured[capture])
      #expect(relative(views.layers[layer].plain.elements.map(Double.init), plain.doubles) < 1e-5)
      #expect(relative(views.layers[layer].hidden.elements.map(Double.init), hidden.doubles) < 1e-5)
      // A token does not see what stands behind it.
      #expect(distance(Array(plain.doubles[..<8]), Array(hidden.doubles[..<8])) < 1e-6)
      #expect(distance(Array(plain.doubles[8...]), Array(hidden.doubles[8...])) > 1e-6)
    }
  }

  @Test func aSentenceIsTooLittle() throws {
    let reader = try Reader(sentences: 2)
    #expect {
      try AmountOfInfluence(reader.experiment, reader.corpus, Self.options())
    } throws: {
      ($0 as? Fault)?.code == "too-few-tokens"
    }
  }
}
