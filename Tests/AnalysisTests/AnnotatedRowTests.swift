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
}
