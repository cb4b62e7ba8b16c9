import Corpora
import Faults
import Tensors
import Testing
import Transformers

@testable import Analysis

@Suite struct ModelDistanceTests {
  @Test func aModelIsNothingAwayFromItself() throws {
    let reader = try Reader(sentences: 60)
    let one = ModelDistance.Reader(reader.experiment, reader.corpus)
    let found = try ModelDistance([one, one, one], ModelDistance.Options())
    #expect(found.pairs.count == 9 && !found.isByWord && !found.isDepthMixed)
    #expect(found.units == 480)
    #expect(found.pairs.map(\.layer) == [0, 0, 0, 1, 1, 1, 2, 2, 2])
    for pair in found.pairs {
      #expect(abs(pair.distance.distance.value) < 1e-9)
      #expect(pair.distance.null > 0.5)
    }
  }

  @Test func otherWeightsAreAway() throws {
    let first = try Reader(sentences: 60)
    let second = try Reader(sentences: 60, edit: Reader.zeroing("wte"))
    let found = try ModelDistance(
      [
        ModelDistance.Reader(first.experiment, first.corpus),
        ModelDistance.Reader(second.experiment, second.corpus),
      ], ModelDistance.Options())
    for pair in found.pairs { #expect(pair.distance.distance.value > 0.05) }
  }

  @Test func wordsAreComparedWhereTokensDiffer() throws {
    let whole = try TinyModels.reader(of: ["cats", "dog", "the"])
    let parts = try TinyModels.reader(of: ["cat", "##s", "d", "##og", "the"])
    let text = AnnotatedText(
      "the cats dog",
      words: [
        AnnotatedWord("the", at: 0..<3), AnnotatedWord("cats", at: 4..<8),
        AnnotatedWord("dog", at: 9..<12),
      ])
    let corpora = try [whole, parts].map { model in
      CorpusTokens([try AnnotatedRow(text, for: model)], of: model.description)
    }
    let shared = try SharedUnits(corpora, most: 100, seed: 1)
    #expect(shared.isByWord)
    #expect(shared.readings.map(\.counts) == [[1, 1, 1], [1, 2, 2]])
    #expect(shared.sentences == [0, 0, 0])
    let vectors = Tensor<Float>([.position, .width], [5, 1], [1, 2, 4, 10, 30])
    #expect(shared.readings[1].means(vectors).elements == [1, 3, 20])
    let bare = try [whole, parts].map { model in
      CorpusTokens(
        [try AnnotatedRow(AnnotatedText("cats dog"), for: model)], of: model.description)
    }
    #expect { try SharedUnits(bare, most: 100, seed: 1) } throws: {
      ($0 as? Fault)?.code == "no-shared-units"
    }
  }
}
