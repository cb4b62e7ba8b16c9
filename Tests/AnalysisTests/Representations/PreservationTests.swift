import Corpora
import Faults
import Testing
import Transformers

@testable import Analysis

@Suite struct PreservationTests {
  private static func options(
    _ property: Preservation.Property, k: Int = 5, _ metric: Preservation.Metric = .cosine
  ) -> Preservation.Options {
    var options = Preservation.Options()
    (options.property, options.neighbours, options.metric) = (property, k, metric)
    options.each = 30
    return options
  }

  @Test(arguments: Preservation.Metric.allCases)
  func vectorsOfTheTokenAloneKeepIt(_ metric: Preservation.Metric) throws {
    let reader = try Reader(sentences: 60, edit: Reader.zeroing("wpe"))
    let found = try Preservation(
      reader.experiment, reader.corpus, Self.options(.token, metric))
    #expect(found.layers.count == 3)
    #expect(found.layers[0].score.value == 1)
    #expect(found.layers[0].hits == 1)
    // Of 12 types of equally many tokens.
    #expect(abs(found.null - 1.0 / 12) < 0.01)
    #expect(abs((found.hitNull ?? 0) - 0.35) < 0.03)
  }

  @Test func vectorsOfThePositionAloneKeepNothingElse() throws {
    let reader = try Reader(sentences: 120, edit: Reader.zeroing("wte"))
    let token = try Preservation(reader.experiment, reader.corpus, Self.options(.token))
    #expect(abs(token.layers[0].score.value - token.null) < 0.05)
    let position = try Preservation(
      reader.experiment, reader.corpus, Self.options(.position, k: 1))
    #expect(position.layers[0].score.value < 0.2)
    // Independent places among eight: (8² - 1) / (3 · 8), less what equal places of one sentence add.
    #expect(abs(position.null - 2.625) < 0.15)
    #expect(position.hitNull == nil && position.layers[0].hits == nil)
  }

  @Test func vectorsOfTheTokenAloneSayNothingOfPositions() throws {
    let reader = try Reader(sentences: 120, edit: Reader.zeroing("wpe"))
    let found = try Preservation(reader.experiment, reader.corpus, Self.options(.position))
    #expect(abs(found.layers[0].score.value - found.null) < 0.2)
  }

  @Test func aCausalModelHoldsWhatIsToTheLeft() throws {
    // Only attention tells a token what stands beside it: without it neither side is known.
    let deaf = try Reader(sentences: 150, edit: Reader.zeroing("attn.c_proj", "mlp", "wpe"))
    let left = try Preservation(deaf.experiment, deaf.corpus, Self.options(.left))
    #expect(abs(left.layers[2].score.value - left.null) < 0.05)
    let reader = try Reader(sentences: 150, edit: Reader.zeroing("wpe"))
    let right = try Preservation(reader.experiment, reader.corpus, Self.options(.right))
    #expect(abs(right.layers[2].score.value - right.null) < 0.05)
  }

  @Test func edgesHaveNoNeighbour() throws {
    let reader = try Reader(sentences: 5)
    let token = try #require(reader.corpus.tokens.first)
    #expect(reader.corpus.id(beside: token, at: -1) == nil)
    #expect(reader.corpus.id(beside: token, at: 1) == reader.corpus.tokens[1].id)
    #expect(reader.corpus.id(beside: reader.corpus.tokens[7], at: 1) == nil)
  }

  @Test func wordsBesideAreOfTheSameSentence() throws {
    let model = try TinyModels.reader(of: Reader.words)
    var text = Reader.text(["w1", "w2", "w3", "w4"])
    text.words[3].sentence = 1
    let corpus = CorpusTokens([try AnnotatedRow(text, for: model)], of: model.description)
    let beside = corpus.tokens.map { token in
      [-1, 1].map { corpus.word(beside: token, at: $0)?.text }
    }
    #expect(beside == [[nil, "w2"], ["w1", "w3"], ["w2", nil], [nil, nil]])
  }

  @Test func partsOfSpeechBesideAreAskedForTogether() throws {
    let reader = try Reader(sentences: 120)
    // The own part of speech is that of the type: what is to the left takes one of two values.
    for (property, values) in [
      (Preservation.Property.uposLeft, 2.0), (.uposRight, 2), (.uposAround, 4),
    ] {
      let found = try Preservation(reader.experiment, reader.corpus, Self.options(property))
      #expect(abs(found.null - 1 / values) < 0.03, "\(property)")
    }
  }

  @Test func positionsAreComparedInTextsOfTheSameLengths() throws {
    // w0 stands in short texts more often than w1, which both have in long ones.
    let model = try TinyModels.reader(of: Reader.words)
    let rows = try (0..<80).map { index in
      let isShort = index < 40
      var words = (0..<(isShort ? 4 : 8)).map { Reader.words[2 + (index + $0) % 10] }
      words[index % words.count] = isShort || index % 2 == 0 ? "w0" : "w1"
      words[(index + 1) % words.count] = isShort && index % 4 > 0 ? "w2" : "w1"
      return try AnnotatedRow(Reader.text(words), for: model)
    }
    let corpus = CorpusTokens(rows, of: model.description)
    var options = Self.options(.position, k: 3)
    options.types = 2
    let pool = try NeighbourPool(corpus, options)
    let shares = Dictionary(grouping: pool.tokens, by: \.id).values.map { tokens in
      tokens.count { $0.row < 40 }
    }
    #expect(shares.count == 2 && Set(shares).count == 1)
  }

  @Test func aTypeWithOnePartOfSpeechAlwaysSharesIt() throws {
    let reader = try Reader(sentences: 80)
    let found = try Preservation(reader.experiment, reader.corpus, Self.options(.upos))
    #expect(found.null == 1)
    #expect(found.layers.allSatisfy { $0.score.value == 1 })
    #expect {
      try Preservation(reader.experiment, reader.corpus, Self.options(.deprel))
    } throws: {
      ($0 as? Fault)?.code == "too-few-tokens"
    }
  }

  @Test func textsThatComeAgainCountOnce() throws {
    let model = try TinyModels.reader(of: Reader.words)
    let rows = try (0..<4).map { index in
      try AnnotatedRow(Reader.text(["w1", "w2", index == 3 ? "w4" : "w3"]), for: model)
    }
    #expect(CorpusTokens(rows, of: model.description).tokens.count == 12)
    #expect(CorpusTokens(rows, of: model.description, distinct: true).tokens.count == 6)
  }
}
