import Corpora
import Faults
import Foundation
import Statistics
import Testing
import Transformers

@testable import Analysis

@Suite struct TokenInformationTests {
  @Test func withoutPositionsEmbeddingsTellTheirTokens() throws {
    let reader = try Reader(sentences: 120, edit: Reader.zeroing("wpe"))
    var options = TokenInformation.Options()
    options.clusters = 60
    let found = try TokenInformation(reader.experiment, reader.corpus, options)
    #expect(found.types.count == Reader.words.count)
    let first = found.layers[0]
    #expect(abs(first.plain - found.entropy) < 1e-12)
    #expect(abs(found.entropy - log(12)) < 0.02)
    #expect(abs(first.information.value - (first.plain - first.null)) < 1e-9)
    #expect(first.information.low <= first.information.value)
    #expect(first.information.high >= first.information.value)
  }

  @Test func withoutTokensNothingIsLeft() throws {
    let reader = try Reader(sentences: 200, edit: Reader.zeroing("wte"))
    let found = try TokenInformation(reader.experiment, reader.corpus, TokenInformation.Options())
    // Of eight vectors, one for each place, there are eight clusters; the estimate is then biased by
    // (12 - 1)(8 - 1) / 2M, and what labels in a random order show takes it off.
    let bias = Double(11 * 7) / Double(2 * found.counted)
    #expect(abs(found.layers[0].null - bias) < bias / 3)
    for layer in found.layers { #expect(abs(layer.information.value) < 0.02) }
  }

  @Test func aClassifierBoundsTheInformation() throws {
    var options = TokenInformation.Options()
    options.isBounded = true
    let known = try Reader(sentences: 120, edit: Reader.zeroing("wpe"))
    let found = try TokenInformation(known.experiment, known.corpus, options)
    let bound = try #require(found.layers[0].bound)
    #expect(bound.value <= found.entropy && bound.value > 0.5 * found.entropy)
    #expect(bound.low <= bound.value && bound.value <= bound.high)
    let unknown = try Reader(sentences: 120, edit: Reader.zeroing("wte"))
    let none = try TokenInformation(unknown.experiment, unknown.corpus, options)
    #expect(try #require(none.layers[0].bound).value < 0.02)
    #expect(try TokenInformation(known.experiment, known.corpus, .init()).layers[0].bound == nil)
  }

  @Test func nextTokensOfRandomWordsCannotBeRead() throws {
    let reader = try Reader(sentences: 200)
    var options = TokenInformation.Options()
    options.label = .next
    let found = try TokenInformation(reader.experiment, reader.corpus, options)
    for token in reader.corpus.tokens {
      let next = reader.corpus.label(.next, of: token)
      #expect(next != token.id)
      if token.position == 8 { #expect(next == nil) }
    }
    for layer in found.layers { #expect(abs(layer.information.value) < 0.05) }
  }

  @Test func theSmallDataRuleBoundsTheClusters() throws {
    let reader = try Reader(sentences: 120)
    let found = try TokenInformation(reader.experiment, reader.corpus, TokenInformation.Options())
    #expect(found.clusters == min(10 * 12, 12 * found.each / 50))
  }

  @Test func aSentenceIsTooLittle() throws {
    let reader = try Reader(sentences: 1)
    #expect {
      try TokenInformation(reader.experiment, reader.corpus, TokenInformation.Options())
    } throws: {
      ($0 as? Fault)?.code == "too-few-tokens"
    }
  }

  @Test func theSameSeedGivesTheSameNumbers() throws {
    let reader = try Reader(sentences: 60)
    let runs = try (0..<2).map { _ in
      try TokenInformation(reader.experiment, reader.corpus, TokenInformation.Options())
    }
    #expect(runs[0].layers.map(\.information) == runs[1].layers.map(\.information))
  }

  @Test func corruptedTextsRememberWhatWasHidden() throws {
    let model = try TinyModels.bert()
    let rows = try (0..<300).map { _ in
      try AnnotatedRow(AnnotatedText("the cat dog sat the cat dog sat"), for: model)
    }
    let clean = CorpusTokens(rows, of: model.description)
    let corpus = try clean.corrupted(for: model, seed: 5)
    #expect(corpus.tokens.count == clean.tokens.count)
    var (chosen, masked, other) = (0, 0, 0)
    for (token, original) in zip(corpus.tokens, clean.tokens) {
      let written = corpus.written(token.row)[token.position]
      let label = corpus.label(.masked, of: token)
      chosen += written.maskedID == nil ? 0 : 1
      masked += written.origin == .mask ? 1 : 0
      other += written.origin != .mask && written.id != original.id ? 1 : 0
      #expect(written.maskedID.map { $0 == original.id } ?? (written.id == original.id))
      #expect((label != nil) == (written.id != original.id))
      #expect((corpus.label(.input, of: token) != nil) == (label != nil))
      if let label { #expect(label == original.id) }
    }
    let count = Double(corpus.tokens.count)
    #expect(abs(Double(chosen) / count - 0.15) < 0.03)
    #expect(abs(Double(masked) / Double(chosen) - 0.8) < 0.08)
    #expect(other > 0 && masked + other < chosen)
    #expect {
      _ = try CorpusTokens([], of: TinyModels.gpt2().description).corrupted(
        for: try TinyModels.gpt2(), seed: 1)
    } throws: {
      ($0 as? Fault)?.code == "no-mask-token"
    }
  }
}
