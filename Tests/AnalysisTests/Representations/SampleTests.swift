import Corpora
import Faults
import Tensors
import Testing
import Transformers

@testable import Analysis

@Suite struct SampleTests {
  @Test func classesAreFrequentAndEqual() {
    let labels: [Int?] = [7, 7, 7, 7, 3, 3, 3, nil, 5, 5, 9, 7]
    let sample = EqualSample(labels, classes: 2, least: 2, most: 100, seed: 1)
    #expect(sample.classes == [7, 3])
    #expect(sample.each == 3)
    #expect(sample.places.count == 6)
    #expect(Set(sample.places).count == 6)
    #expect(sample.places.count { labels[$0] == 7 } == 3)
    #expect(EqualSample(labels, classes: 9, least: 2, most: 1, seed: 1).places.count == 3)
    #expect(EqualSample([nil, 1], classes: 3, least: 2, most: 5, seed: 1).places.isEmpty)
  }

  @Test func classesHaveEquallyManyOfEachStratum() {
    // A class of both strata, one of both with few of the second, one of the first alone.
    let labels: [Int?] = (0..<60).map { $0 < 30 ? 1 : $0 < 50 ? 2 : 3 }
    let strata = (0..<60).map { $0 < 15 || $0 >= 30 && $0 < 45 || $0 >= 50 ? 0 : 1 }
    func counts(_ sample: EqualSample) -> [[Int]] {
      sample.classes.map { own in
        [0, 1].map { stratum in
          sample.places.count { labels[$0] == own && strata[$0] == stratum }
        }
      }
    }
    let all = EqualSample(labels, strata: strata, classes: 9, least: 2, most: 100, seed: 1)
    #expect(all.each == 20 && counts(all) == [[15, 5], [15, 5]])
    let few = EqualSample(labels, strata: strata, classes: 9, least: 2, most: 8, seed: 1)
    #expect(few.each == 8 && counts(few) == [[8, 0], [8, 0], [8, 0]])
    let one = EqualSample(labels, strata: strata, classes: 9, least: 25, most: 100, seed: 1)
    #expect(counts(one) == [[15, 15]])
    #expect(EqualSample([], strata: [], classes: 3, least: 1, most: 5, seed: 1).places.isEmpty)
  }

  @Test func halvesShareNoSentence() {
    let sentences = (0..<200).map { $0 / 4 }
    let halves = SentenceHalves(sentences, seed: 2)
    #expect(halves.first.count + halves.second.count == 200)
    #expect(halves.first.count == 100)
    #expect(
      Set(halves.first.map { sentences[$0] }).isDisjoint(
        with: halves.second.map { sentences[$0] }))
  }

  @Test func frequencyIsByRank() throws {
    let reader = try Reader(sentences: 40)
    let groups = try TokenGroups(reader.corpus, by: .frequency).groups
    #expect(groups.map(\.name) == ["1-10", "11-12"])
    #expect(groups.map(\.types) == [10, 2])
    let average = groups.map { Double($0.places.count) / Double($0.types) }
    #expect(average[0] > average[1])
    #expect(groups.reduce(0) { $0 + $1.places.count } == reader.corpus.tokens.count)
    let classes = try TokenGroups(reader.corpus, by: .upos).groups
    #expect(classes.map(\.name) == ["EVEN", "ODD"])
  }

  @Test func streamsComeInTheOrderOfTheTokensWhateverTheBudget() throws {
    let reader = try Reader(sentences: 30)
    let tokens = Array(reader.corpus.tokens.shuffled().prefix(50))
    var streams = ResidualStreams(experiment: reader.experiment, corpus: reader.corpus)
    var whole: [Tensor<Float>] = []
    try streams.forEachLayer(tokens, progress: { _, _ in }) { layer, vectors throws(Fault) in
      #expect(layer == whole.count)
      whole.append(vectors)
    }
    #expect(whole.count == 3)
    streams.budget = 1
    try streams.forEachLayer(tokens, progress: { _, _ in }) { layer, vectors throws(Fault) in
      #expect(vectors.elements == whole[layer].elements)
    }
    for place in [0, 17, 49] {
      let token = tokens[place]
      let site = Site(.residPost, layer: 1)
      let capture = Capture(site: site, positions: [token.position])
      let result = try reader.experiment.run(
        [reader.corpus.rows[token.row].row], captures: [capture])
      let alone = try #require(result.captured[capture]).doubles
      let read = Array(whole[2].elements[place * 8..<(place + 1) * 8]).map(Double.init)
      #expect(relative(read, alone) < 1e-5)
    }
  }

  @Test func aReadingStopsWhenAsked() throws {
    let reader = try Reader(sentences: 5)
    #expect {
      try TokenInformation(
        reader.experiment, reader.corpus, TokenInformation.Options(),
        progress: { _, _ throws(Fault) in throw .interrupted })
    } throws: { error in
      ["interrupted", "too-few-tokens"].contains((error as? Fault)?.code)
    }
  }
}
