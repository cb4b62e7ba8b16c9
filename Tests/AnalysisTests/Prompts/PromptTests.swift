import Analysis
import Faults
import Testing
import Transformers

@Suite struct PromptTests {
  private func row(_ prompt: Prompt, _ model: Model) throws -> PromptRow {
    try prompt.row(for: model)
  }

  @Test func textAndPairsCarryTheirOriginsAndSegments() throws {
    let model = try TinyModels.bert()
    let single = try row(Prompt("the cat"), model)
    #expect(single.ids == [2, 5, 6, 3])
    #expect(single.tokens.map(\.origin) == [.template, .text, .text, .template])
    let pair = try row(Prompt("the cat", pair: "dogs sat"), model)
    #expect(pair.ids == [2, 5, 6, 3, 7, 9, 8, 3])
    #expect(pair.tokens.map(\.type) == [0, 0, 0, 0, 1, 1, 1, 1])
    #expect(pair.tokens[4].origin == .pair && pair.tokens[7].origin == .template)
    let batch = Batch([single, pair])
    #expect(batch.segments == [[0, 0, 0, 0], [0, 0, 0, 0, 1, 1, 1, 1]])
  }

  @Test func maskingKeepsWhatWasThere() throws {
    let model = try TinyModels.bert()
    let masked = try row(Prompt("the cat sat").changed(.mask(.text("cat"))), model)
    #expect(masked.ids == [2, 5, 4, 8, 3])
    #expect(masked.tokens[2].maskedID == 6 && masked.tokens[2].origin == .mask)
    let twice = try row(
      Prompt("the cat sat").changed(.mask(.indices([2]))).changed(.mask(.indices([2]))), model)
    #expect(twice.tokens[2].maskedID == 6)
    #expect(try MaskToken(for: model).name == "the mask token")
  }

  @Test func aModelWithoutATokenizerHasNoMask() throws {
    let model = try TinyModels.gpt2()
    let prompt = Prompt(.ids([1, 2, 3], types: nil, vocabularySize: 20))
    let error = #expect(throws: Fault.self) {
      try row(prompt.changed(.mask(.indices([1]))), model)
    }
    #expect(error?.code == "no-mask-token")
  }

  @Test func dropSwapAndShuffle() throws {
    let model = try TinyModels.gpt2()
    let prompt = Prompt(.ids(Array(0..<10), types: nil, vocabularySize: 20))
    #expect(try row(prompt.changed(.drop(.range(2, 4))), model).ids == [0, 1, 5, 6, 7, 8, 9])
    #expect(
      try row(prompt.changed(.drop(.indices([1, -1, 1]))), model).ids == Array([0] + (2...8)))
    #expect(
      try row(prompt.changed(.swap(.indices([0]), .indices([-1]))), model).ids
        == [9, 1, 2, 3, 4, 5, 6, 7, 8, 0])
    let shuffled = prompt.changed(.shuffle(.range(3, 9), seed: 4))
    let ids = try row(shuffled, model).ids
    #expect(ids.prefix(3) == [0, 1, 2] && ids != Array(0..<10) && ids.sorted() == Array(0..<10))
    #expect(try row(shuffled, model).ids == ids)
    #expect(try row(prompt.changed(.shuffle(.range(3, 9), seed: 5)), model).ids != ids)
  }

  @Test func shufflingAllLeavesTheTemplateInPlace() throws {
    let model = try TinyModels.bert()
    let shuffled = try row(Prompt("the cat the dogs sat").changed(.shuffle(nil, seed: 2)), model)
    #expect(shuffled.ids.first == 2 && shuffled.ids.last == 3)
    #expect(shuffled.ids.sorted() == [2, 3, 5, 5, 6, 7, 8, 9])
  }

  @Test func changesActInOrder() throws {
    let model = try TinyModels.gpt2()
    let prompt = Prompt(.ids([5, 6, 7, 8], types: nil, vocabularySize: 20))
      .changed(.drop(.indices([0]))).changed(.swap(.indices([0]), .indices([1])))
    #expect(try row(prompt, model).ids == [7, 6, 8])
  }

  @Test func idsBelongToTheirVocabulary() throws {
    let model = try TinyModels.gpt2()
    let codes: [(Prompt.Content, String)] = [
      (.ids([1], types: nil, vocabularySize: 21), "wrong-vocabulary"),
      (.ids([1, 2], types: [0], vocabularySize: 20), "wrong-segments"),
      (.text("hello", pair: nil), "no-tokenizer"),
    ]
    for (content, code) in codes {
      let error = #expect(throws: Fault.self) { try row(Prompt(content), model) }
      #expect(error?.code == code)
    }
    let outside = try row(Prompt(.ids([1, 20], types: nil, vocabularySize: 20)), model)
    let experiment = Experiment(model: model, runtime: try model.runtime(.single))
    let error = #expect(throws: Fault.self) { try experiment.run([outside], output: .all) }
    #expect(error?.code == "token-out-of-range")
  }

  @Test func segmentsWhereThereAreNoneAreRefused() throws {
    let model = try TinyModels.gpt2()
    let prompt = Prompt(.ids([1, 2], types: [0, 1], vocabularySize: 20))
    let experiment = Experiment(model: model, runtime: try model.runtime(.single))
    let error = #expect(throws: Fault.self) {
      try experiment.run([try row(prompt, model)], output: .all)
    }
    #expect(error?.code == "wrong-segments")
  }

  @Test func aSourceAndItsTargetAreTokenisedApart() throws {
    let model = try TinyModels.mbart()
    let plain = try Prompt("the cat").row(for: model)
    #expect(plain.source?.map(\.text) == ["[CLS]", " the", " cat", "[SEP]"])
    #expect(plain.ids == [3])
    let filled = try Prompt("the cat", target: .text("dogs sat")).row(for: model)
    #expect(filled.ids == [3, 2, 7, 9, 8])
    #expect(filled.tokens.map(\.origin) == [.template, .template, .text, .text, .text])
    let changed = try Prompt("the cat", target: .ids([7])).changed(.mask(.text("cat")))
    #expect(try changed.row(for: model).source?.map(\.id) == [2, 5, 4, 3])
    #expect(try changed.row(for: model).ids == [3, 7])
    #expect(throws: Fault.self) {
      try Prompt("the cat", target: .text("dog")).row(for: try TinyModels.bert())
    }
  }
}
