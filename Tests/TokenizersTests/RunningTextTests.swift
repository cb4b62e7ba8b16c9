import Foundation
import TestSupport
import Testing
import Tokenizers

/// What tokens show as, and which tokens a text adds in running text.
@Suite struct RunningTextTests {
  @Test(.enabled(if: SharedData.isAvailable("tokenizers/gpt2")))
  func gpt2ContinuesWithItsOwnSpaces() throws {
    let tokenizer = try Tokenizer(contentsOf: SharedData.url("tokenizers/gpt2"))
    for text in [" She", " He", "s", "ing", "\n", ".", " are", "'s", " the"] {
      let ids = try tokenizer.continuation(text)
      #expect(ids.count == 1, "\(text.debugDescription)")
      #expect(ids.map { tokenizer.text(of: $0) }.joined() == text)
    }
    #expect(try tokenizer.continuation(" She") == [tokenizer.id(ofPiece: "ĠShe")])
    #expect(try tokenizer.continuation(" antidisestablishment").count > 1)
  }

  @Test(.enabled(if: SharedData.isAvailable("tokenizers/gpt2")))
  func gpt2ShowsBytesThatAreNoText() throws {
    let tokenizer = try Tokenizer(contentsOf: SharedData.url("tokenizers/gpt2"))
    let ids = try tokenizer.encode("\u{1F9D9}").ids
    #expect(ids.count > 1)
    #expect(ids.map { tokenizer.text(of: $0) }.joined().contains("<0x"))
    #expect(tokenizer.text(of: 50256) == "<|endoftext|>")
    #expect(tokenizer.text(of: 198) == "\n")
    #expect(tokenizer.special.isSpecial(50256))
  }

  @Test(.enabled(if: SharedData.isAvailable("models/stories260K")))
  func storiesContinuesBehindAWord() throws {
    let tokenizer = try Tokenizer(contentsOf: SharedData.url("models/stories260K"))
    #expect(try tokenizer.continuation(" She") == [tokenizer.id(ofPiece: "▁She")])
    #expect(try tokenizer.continuation(" He") == [tokenizer.id(ofPiece: "▁He")])
    let newline = try tokenizer.continuation("\n")
    #expect(newline.map { tokenizer.text(of: $0) } == ["\n"])
    let letter = try #require(tokenizer.id(ofPiece: "▁the"))
    #expect(tokenizer.text(of: letter) == " the")
    let byte = try #require(tokenizer.id(ofPiece: "<0xE2>"))
    #expect(tokenizer.text(of: byte) == "<0xE2>")
  }

  @Test(.enabled(if: SharedData.isAvailable("tokenizers/bert-uncased")))
  func bertContinuesWordsAndBeginsThem() throws {
    let tokenizer = try Tokenizer(contentsOf: SharedData.url("tokenizers/bert-uncased"))
    #expect(try tokenizer.continuation(" she") == [tokenizer.id(ofPiece: "she")])
    #expect(try tokenizer.continuation("s") == [tokenizer.id(ofPiece: "##s")])
    #expect(try tokenizer.continuation(" are") == [tokenizer.id(ofPiece: "are")])
    #expect(try tokenizer.continuation(".") == [tokenizer.id(ofPiece: ".")])
    #expect(try tokenizer.continuation("").isEmpty)
    let ing = try #require(tokenizer.id(ofPiece: "##ing"))
    let she = try #require(tokenizer.id(ofPiece: "she"))
    #expect(tokenizer.text(of: ing) == "ing")
    #expect(tokenizer.text(of: she) == " she")
    #expect(tokenizer.special.mask == tokenizer.id(ofPiece: "[MASK]"))
    #expect(tokenizer.addsBeginning)
  }

  @Test func aCharacterIsHeldBackUntilItIsWhole() throws {
    let tokenizer = try FixtureTests.tokenizer("byte_fallback")
    let pieces = ["<0x41>", "<0xE2>", "<0x82>", "<0xAC>", "<0x42>"]
    let ids = pieces.compactMap { tokenizer.id(ofPiece: $0) }
    #expect(ids.count == 5)
    var stream = StreamDecoder(tokenizer)
    #expect(ids.map { stream.append($0) } == ["A", "", "", "€", "B"])
    #expect(stream.flush() == "")
  }

  @Test func whatNeverBecomesWholeComesAtTheEnd() throws {
    let tokenizer = Tokenizer.bytes()
    var stream = StreamDecoder(tokenizer, after: [0x61])
    #expect(stream.append(0x62) == "b")
    #expect(stream.append(0xE2) == "")
    #expect(stream.flush() == "\u{FFFD}")
    #expect(stream.append(0x63) == "c")
  }
}
