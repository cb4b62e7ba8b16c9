import Faults
import Foundation
import Testing

@testable import Corpora
import Tensors

@Suite("Corpora") struct CorpusTests {
  @Test func linesAreTexts() throws {
    let texts = try Scratch().open("\u{FEFF}It's late.\r\n\nGo \"home\"! Now.", "t.txt")
    #expect(texts.count == 2)
    let first = try texts.text(at: 0)
    #expect(first.text == "It's late.")
    #expect(first.words.map(\.text) == ["It's", "late", "."])
    let second = try texts.text(at: 1)
    #expect(second.words.map(\.text) == ["Go", "\"", "home", "\"", "!", "Now", "."])
    #expect(second.words.map(\.sentence) == [0, 0, 0, 0, 0, 1, 1])
    let bytes = Array(second.text.utf8)
    for word in second.words {
      #expect(String(decoding: bytes[word.range], as: UTF8.self) == word.text)
    }
  }

  @Test func columnsHaveNames() throws {
    let json = try Scratch().open(
      "{\"text\": \"a b\", \"label\": 1, \"ok\": true, \"x\": null}\n{\"text\": \"c\"}", "t.jsonl")
    #expect(try json.text(at: 0).columns == ["label": "1", "ok": "true"])
    #expect(try json.text(at: 1).text == "c")
    let tsv = try Scratch().open(
      "id\tsentence1\tsentence2\ttranslation\n7\ta b\tc\td e\n", "t.tsv")
    let text = try tsv.text(at: 0)
    #expect((text.text, text.pair, text.target) == ("a b", "c", "d e"))
    #expect(text.targetWords.map(\.text) == ["d", "e"])
    #expect(text.columns == ["id": "7"])
    let named = try Scratch().open(
      "id\tq\n7\ta b\n", "t.tsv", columns: TextColumns(text: "q", target: "id"))
    #expect(try named.text(at: 0).target == "7")
  }

  @Test(arguments: [
    ("t.jsonl", "[1]\n", "line 1: a list stands where an object is wanted"),
    ("t.jsonl", "{\"text\": \"a\"}\n{\"text\n", "line 2: this is no JSON"),
    ("t.jsonl", "{\"a\": \"b\"}\n", "line 1: no column holds the text; there are a"),
    ("t.tsv", "text\tb\n1\n", "line 2: 1 cells, the first line names 2 columns"),
    ("t.tsv", "a\tb\n1\t2\n", "line 2: no column holds the text; there are a, b"),
    ("t.tsv", "text\tb\n", "a line of column names and no texts"),
    ("t.txt", "", "is empty"),
  ]) func faultsNameTheirLine(name: String, content: String, message: String) throws {
    let fault = try Scratch().fault(content, name)
    #expect(fault.message.contains(message), "\(fault.message)")
  }

  @Test func bytesThatAreNoTextAreNamed() throws {
    let scratch = try Scratch()
    let texts = try scratch.open(Data("a\nb\n".utf8) + Data([0xE4, 0x0A]), "t.txt")
    #expect(texts.count == 3)
    let fault = #expect(throws: Fault.self) { try texts.text(at: 2) }
    #expect(fault?.message == "`t.txt`, line 3 is not UTF-8")
  }

  @Test func aFileThatChangesIsNotMixedUp() throws {
    let scratch = try Scratch()
    let long = String(repeating: "a line of words\n", count: 100_000)
    let texts = try scratch.open(long, "t.txt")
    #expect(texts.count == 100_000)
    #expect(try texts.text(at: 99_999).text == "a line of words")
    try Data("short\n".utf8).write(to: scratch.folder.appendingPathComponent("t.txt"))
    let fault = #expect(throws: Fault.self) { try texts.text(at: 0) }
    #expect(fault?.code == "file-changed")
  }

  @Test func recordsAreFoundAcrossChunks() {
    let content = Array("one\n\ntwo\r\nthree".utf8)
    for size in 1...content.count {
      var finder = RecordFinder(division: .lines)
      for start in stride(from: 0, to: content.count, by: size) {
        finder.take(Array(content[start..<min(start + size, content.count)]))
      }
      finder.finish()
      #expect(finder.records.map(\.offset) == [0, 5, 10])
      #expect(finder.records.map(\.length) == [3, 3, 5])
      #expect(finder.records.map(\.line) == [1, 3, 4])
    }
  }

  @Test func generatedTextsAreTheSameInAnyOrder() throws {
    var generator = TextGenerator(seed: 9, split: .test)
    let documents = (0..<150).map { _ in AnnotatedText(generator.next()) }
    let corpus = Corpus(GeneratedTexts(count: 150, seed: 9, split: .test))
    for place in [149, 0, 63, 64, 3, 128] {
      #expect(try corpus.text(at: place) == documents[place])
    }
    #expect(try corpus.texts() == documents)
    let some = corpus.sample(20, seed: 4)
    #expect(some.count == 20)
    #expect(try some.texts() == corpus.sample(20, seed: 4).texts())
    #expect(try some.texts() != corpus.sample(20, seed: 5).texts())
    #expect(corpus.sample(500, seed: 1).count == 150)
    let picked = try corpus.picking([7, 5]).text(at: 1)
    #expect(picked == documents[5])
  }

  @Test func sentencesKeepTheirTruth() throws {
    let corpus = Corpus(GeneratedTexts(count: 40, seed: 2, mixture: .only(.pair), split: .all))
    let sentences = try corpus.sentences()
    #expect(sentences.count == 80)
    for text in try sentences.texts() {
      let bytes = Array(text.text.utf8)
      let target = Array((text.target ?? "").utf8)
      #expect(text.words.filter { $0.head == nil }.count == 1)
      for word in text.words {
        #expect(String(decoding: bytes[word.range], as: UTF8.self) == word.text)
      }
      #expect(!text.targetWords.isEmpty)
      for word in text.targetWords {
        #expect(String(decoding: target[word.range], as: UTF8.self) == word.text)
        #expect(word.sources.allSatisfy(text.words.indices.contains))
      }
    }
  }

  @Test func samplesAreEven() {
    var counts = [Int](repeating: 0, count: 10)
    for seed in 0..<2_000 {
      for place in SeededGenerator.choose(3, of: 10, seed: UInt64(seed)) { counts[place] += 1 }
    }
    // 600 expected each; 5 standard deviations of a binomial are 102.
    #expect(counts.allSatisfy { abs($0 - 600) < 102 })
  }
}
