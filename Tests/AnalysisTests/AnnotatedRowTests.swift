import Corpora
import Testing
import Transformers

@testable import Analysis

@Suite struct AnnotatedRowTests {
  @Test func aTokenBelongsToTheWordThatCoversMostOfIt() throws {
    let model = try Model.randomTiny()
    let words = [AnnotatedWord("The", at: 0..<3), AnnotatedWord("cat", at: 4..<7)]
    let row = try AnnotatedRow(AnnotatedText("The cat.", words: words), for: model)
    let written = row.tokens.enumerated().filter { $0.element.origin == .text }
    #expect(written.map { row.words[$0.offset] } == [0, 0, 0, nil, 1, 1, 1, nil])
    #expect(row.pieces.map(\.count) == [3, 3])
  }

  @Test func aGeneratedDocumentKeepsItsTruth() {
    var generator = TextGenerator(seed: 3, split: .all)
    for _ in 0..<200 {
      let document = generator.next()
      let text = AnnotatedText(document)
      let bytes = Array(text.text.utf8)
      for word in text.words {
        #expect(String(decoding: bytes[word.range], as: UTF8.self) == word.text)
        if let head = word.head { #expect(text.words[head].sentence == word.sentence) }
        #expect((word.head == nil) == (word.relation == "root"))
      }
      let target = Array((text.target ?? "").utf8)
      for word in text.targetWords {
        #expect(String(decoding: target[word.range], as: UTF8.self) == word.text)
        #expect(word.sources.allSatisfy(text.words.indices.contains))
      }
    }
  }

  @Test func whatIsLongerThanTheContextIsCut() throws {
    let model = try Model.randomTiny()
    let limit = try #require(model.description.contextLength)
    let text = AnnotatedText(cutting: String(repeating: "word ", count: limit))
    let row = try AnnotatedRow(text, for: model)
    #expect(row.row.count == limit)
    #expect(row.cutCount == limit * 4)
    #expect(row.words.compactMap { $0 }.max() == (limit - 1) / 5)
    #expect([row].notes.count == 1)
    let short = try AnnotatedRow(AnnotatedText("a"), for: model)
    #expect([short].notes.isEmpty)
  }

  @Test func ofAPairTheLongerTextIsCut() {
    let template = PromptToken(id: 0, text: "|", origin: .template)
    func tokens(_ count: Int, _ origin: PromptToken.Origin) -> [PromptToken] {
      (0..<count).map { PromptToken(id: $0, text: "\($0)", origin: origin) }
    }
    var row = PromptRow(
      [template] + tokens(5, .text) + [template] + tokens(2, .pair) + [template])
    #expect(row.cut(to: 8) == 2)
    #expect(row.texts == ["|", "0", "1", "2", "|", "0", "1", "|"])
    #expect(row.cut(to: 6) == 2)
    #expect(row.texts == ["|", "0", "1", "|", "0", "|"])
    #expect(row.cut(to: 6) == 0)
  }

  @Test func changesOfAPromptStay() throws {
    let model = try Model.randomTiny()
    let prompt = Prompt("The cat").changed(.mask(.indices([4])))
    let row = try AnnotatedRow(AnnotatedText(cutting: "The cat"), prompt: prompt, for: model)
    #expect(row.row.tokens[4].origin == .mask)
    #expect(row.words == [0, 0, 0, nil, 1, 1, 1])
    let turned = Prompt("ab cd").changed(.swap(.indices([0]), .indices([-1])))
    let swapped = try AnnotatedRow(AnnotatedText(cutting: "ab cd"), prompt: turned, for: model)
    #expect(swapped.words == [1, 0, nil, 1, 0])
  }
}
