import Testing

@testable import Corpora

@Suite("Treebanks") struct ConlluTests {
  @Test func wordsHaveOffsetsIntoTheText() throws {
    let texts = try Scratch().open(
      "# sent_id = a\n# text = Tú no  vas.\n"
        + line("1", "Tú", "PRON", head: "3", "nsubj") + line("2", "no", "ADV", head: "3", "advmod")
        + line("3", "vas", "VERB", misc: "SpaceAfter=No")
        + line("4", ".", "PUNCT", head: "3", "punct")
        + "\n\n# text = Ya.\n" + line("1", "Ya", misc: "SpaceAfter=No")
        + line("2", ".", head: "1", "punct"), "es.conllu")
    #expect(texts.count == 2)
    let text = try texts.text(at: 0)
    #expect(text.text == "Tú no  vas.")
    #expect(text.words.map(\.range) == [0..<3, 4..<6, 8..<11, 11..<12])
    #expect(text.words.map(\.head) == [2, 2, nil, 2])
    #expect(text.words.map(\.partOfSpeech) == ["PRON", "ADV", "VERB", "PUNCT"])
    #expect(text.columns == ["sent_id": "a"])
    #expect(try texts.text(at: 1).words.map(\.head) == [nil, 0])
  }

  @Test func wordsThatAreWrittenAsOneShareTheirPlace() throws {
    let texts = try Scratch().open(
      "# text = I don't go au lit\n" + line("1", "I", head: "4")
        + line("2-3", "don't") + line("2", "do", head: "4", "aux") + line("3", "n't", head: "4")
        + line("3.1", "ever") + line("4", "go") + line("5-6", "au") + line("5", "à", head: "7")
        + line("6", "le", head: "7") + line("7", "lit", head: "4"), "t.conllu")
    let text = try texts.text(at: 0)
    #expect(text.words.map(\.text) == ["I", "do", "n't", "go", "à", "le", "lit"])
    #expect(text.words.map(\.range) == [0..<1, 2..<4, 4..<7, 8..<10, 11..<13, 13..<13, 14..<17])
    #expect(text.words.map(\.head) == [3, 3, 3, nil, 6, 6, 3])
  }

  @Test func aTextIsMadeWhereNoneIsGiven() throws {
    let texts = try Scratch().open(
      line("1", "Go", misc: "SpaceAfter=No") + line("2", "!", head: "1", "punct"), "t.conllu")
    #expect(try texts.text(at: 0).text == "Go!")
  }

  @Test func documentsAreOneText() throws {
    let sentence = line("1", "Go", misc: "SpaceAfter=No") + line("2", ".", head: "1", "punct")
    let texts = try Scratch().open(
      "# newdoc id = one\n\(sentence)\n\(sentence)\n# newdoc id = two\n\(sentence)", "t.conllu",
      byDocument: true)
    #expect(texts.count == 2)
    let text = try texts.text(at: 0)
    #expect(text.text == "Go. Go.")
    #expect(text.words.map(\.range) == [0..<2, 2..<3, 4..<6, 6..<7])
    #expect(text.words.map(\.sentence) == [0, 0, 1, 1])
    #expect(text.words.map(\.head) == [nil, 0, nil, 2])
    let second = text.sentence(1)
    #expect(second.text == "Go.")
    #expect(second.words.map(\.head) == [nil, 0])
    let fault = try Scratch().fault(sentence, "t.conllu", byDocument: true)
    #expect(fault.message.contains("newdoc"))
  }

  @Test func theGeneratorsTreebankReadsBack() throws {
    var generator = TextGenerator(seed: 5, split: .all)
    let documents = (0..<40).map { _ in generator.next() }
    let written = documents.enumerated().map { ConlluWriter.write($1, id: "d\($0)") }.joined()
    let texts = try Scratch().open(written, "t.conllu", byDocument: true)
    #expect(texts.count == 40)
    for (place, document) in documents.enumerated() {
      let (text, truth) = (try texts.text(at: place), AnnotatedText(document))
      #expect(text.text == truth.text)
      #expect(text.words == truth.words)
      #expect(text.columns["kind"] == document.kind.rawValue)
    }
  }

  /// A file, and what must be said of it.
  struct Fault: Sendable {
    let content: String
    let message: String

    init(_ content: String, _ message: String) {
      self.content = content
      self.message = message
    }
  }

  static let faults: [Fault] = [
    Fault("1 a", "t.conllu`, line 1: 1 column, CoNLL-U has 10"),
    Fault(line("2", "a"), "line 1: the id is 2 where 1 is wanted"),
    Fault(line("1", "a", head: "5"), "line 1: the head is word 5, the sentence has 1"),
    Fault(line("1", "a", head: "x"), "the head x is no number"),
    Fault(line("1", "a", head: "1"), "word 1 is its own head"),
    Fault(line("1", ""), "the word is empty"),
    Fault(
      "# text = b\n" + line("1", "a"), "line 2: \"a\" is not in the text, which has \"b\" there"),
    Fault(
      "# text = a b\n" + line("1", "a"), "line 2: the text goes on behind the last word: \" b\""),
    Fault(line("1-2", "ab") + line("1", "a"), "ab ends at word 2, the sentence at 1"),
    Fault(line("2-3", "ab") + line("1", "a"), "2-3 is no range of the words that follow"),
    Fault(line("2.1", "ab") + line("1", "a"), "the empty node 2.1 does not stand behind its word"),
    Fault("# only a comment\n", "comments without a sentence"),
    Fault(line("1", "a") + "\n\n" + line("1", "b") + "x\n", "line 5: 1 column"),
    Fault("", "`t.conllu` is empty"),
    Fault(" \n\n", "has no texts, only blank lines"),
  ]

  @Test(arguments: faults) func faultsNameTheirLine(_ fault: Fault) throws {
    let found = try Scratch().fault(fault.content, "t.conllu")
    #expect(found.message.contains(fault.message), "\(found.message)")
  }
}
