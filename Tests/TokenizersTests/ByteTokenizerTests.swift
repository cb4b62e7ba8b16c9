import Testing
import Tokenizers

@Suite struct ByteTokenizerTests {
  @Test func idsAreTheBytes() throws {
    let tokenizer = Tokenizer.bytes()
    let text = "a\u{0}\n \u{E9}\u{65}\u{301}\u{1F469}\u{200D}\u{1F467}\r\n<bo"
    let encoding = try tokenizer.encode(text)
    #expect(encoding.ids == text.utf8.map { Int($0) })
    #expect(Array(tokenizer.decode(encoding.ids).utf8) == Array(text.utf8))
    #expect(tokenizer.vocabularySize == 260)
    #expect(!tokenizer.addsBeginning)
  }

  @Test func specialTokensStandBehindTheBytes() throws {
    let tokenizer = Tokenizer.bytes()
    #expect(tokenizer.special.bos == 256)
    #expect(tokenizer.special.eos == 257)
    #expect(tokenizer.special.pad == 258)
    #expect(tokenizer.special.mask == 259)
    #expect(try tokenizer.encode("a<mask>b").ids == [97, 259, 98])
    #expect(tokenizer.special.isSpecial(259))
    #expect(!tokenizer.special.isSpecial(97))
  }

  @Test func tokensShowAsTheTextTheyAdd() {
    let tokenizer = Tokenizer.bytes()
    #expect(tokenizer.text(of: 97) == "a")
    #expect(tokenizer.text(of: 10) == "\n")
    #expect(tokenizer.text(of: 0xE2) == "<0xE2>")
    #expect(tokenizer.text(of: 256) == "<bos>")
    #expect(tokenizer.text(of: 999) == "<id 999>")
  }
}
