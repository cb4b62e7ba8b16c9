import Foundation
import TestSupport
import Testing
import Tokenizers

/// tokenizer_config.json, special_tokens_map.json, and bare vocabularies.
@Suite struct ConfigurationTests {
  static let words =
    #"{"model":{"type":"WordLevel","vocab":{"<unk>":0,"a":1,"<s>":2,"</s>":3},"unk_token":"<unk>"},"#
    + #""pre_tokenizer":{"type":"WhitespaceSplit"}}"#

  static func tokenizer(_ files: [String: String]) throws -> Tokenizer {
    let folder = try TemporaryFolder()
    for (name, text) in files {
      try folder.write(name, text)
    }
    return try Tokenizer(contentsOf: folder.url)
  }

  @Test func rolesComeFromTheConfiguration() throws {
    let tokenizer = try Self.tokenizer([
      "tokenizer.json": Self.words,
      "special_tokens_map.json": #"{"bos_token":"<s>","pad_token":"</s>"}"#,
      "tokenizer_config.json": #"{"eos_token":{"content":"</s>"},"mask_token":"<mask>"}"#,
    ])
    #expect(tokenizer.special.bos == 2)
    #expect(tokenizer.special.eos == 3)
    #expect(tokenizer.special.pad == 3)
    #expect(tokenizer.special.unk == 0)
    // A role's token that the vocabulary lacks is numbered on behind it.
    #expect(tokenizer.special.mask == 4)
    #expect(tokenizer.vocabularySize == 5)
    #expect(try tokenizer.encode("a<s>a").ids == [1, 2, 1])
    #expect(!tokenizer.addsBeginning)
  }

  @Test func bareFilesAddBeginningAndEndOnRequest() throws {
    let vocabulary = #"{"a":0,"<s>":1,"</s>":2}"#
    let names = #""bos_token":"<s>","eos_token":"</s>""#
    for (flags, ids) in [
      (#""add_bos_token":true"#, [1, 0]), (#""add_eos_token":true"#, [0, 2]),
      (#""add_bos_token":true,"add_eos_token":true"#, [1, 0, 2]), (#""x":1"#, [0]),
    ] {
      let tokenizer = try Self.tokenizer([
        "vocab.json": vocabulary, "merges.txt": "",
        "tokenizer_config.json": "{\(names),\(flags)}",
      ])
      #expect(try tokenizer.encode("a").ids == ids)
      #expect(try tokenizer.encode("a", addSpecialTokens: false).ids == [0])
      #expect(tokenizer.addsBeginning == (ids.first == 1))
    }
  }

  @Test func thePostProcessorOfTheFileBeatsTheFlags() throws {
    let tokenizer = try Self.tokenizer([
      "tokenizer.json": Self.words,
      "tokenizer_config.json": #"{"bos_token":"<s>","add_bos_token":true}"#,
    ])
    #expect(try tokenizer.encode("a").ids == [1])
    #expect(!tokenizer.addsBeginning)
  }

  @Test func moreMergesThanPiecesAreTaken() throws {
    // Every way to put every piece together.
    let text = Array("abcdefghijkl")
    var pieces: [String] = []
    var merges: [String] = []
    for start in text.indices {
      for end in start..<text.count {
        pieces.append(String(text[start...end]))
        for middle in start..<end {
          merges.append("\(String(text[start...middle])) \(String(text[(middle + 1)...end]))")
        }
      }
    }
    let vocabulary = pieces.enumerated().map { "\"\($1)\":\($0)" }.joined(separator: ",")
    #expect(merges.count > 3 * pieces.count)
    let tokenizer = try Self.tokenizer([
      "vocab.json": "{\(vocabulary)}", "merges.txt": merges.joined(separator: "\n"),
    ])
    #expect(tokenizer.decode(try tokenizer.encode("abcdefghijkl").ids) == "abcdefghijkl")
    #expect(try tokenizer.encode("abcdefghijkl").tokens.map(\.piece) == ["abcdefghijkl"])
  }

  @Test func aPairGetsTheBeginningTwice() throws {
    let tokenizer = try Self.tokenizer([
      "vocab.json": #"{"a":0,"<s>":1}"#, "merges.txt": "",
      "tokenizer_config.json": #"{"bos_token":"<s>","add_bos_token":true}"#,
    ])
    let encoding = try tokenizer.encode("a", pair: "a")
    #expect(encoding.ids == [1, 0, 1, 0])
    #expect(encoding.types == [0, 0, 1, 1])
  }

  @Test func aBareVocabularyIsUncasedUnlessItHasCapitals() throws {
    let special = "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\n"
    let uncased = try Self.tokenizer(["vocab.txt": special + "she\n##s\ncafe\n"])
    #expect(try uncased.encode("She CAFÉs").ids == [2, 5, 7, 6, 3])
    let cased = try Self.tokenizer(["vocab.txt": special + "she\n##s\nShe\ncaf\n##é\n"])
    #expect(try cased.encode("She cafés").ids == [2, 7, 8, 9, 6, 3])
    let told = try Self.tokenizer([
      "vocab.txt": special + "she\nShe\n", "tokenizer_config.json": #"{"do_lower_case":true}"#,
    ])
    #expect(try told.encode("She").ids == [2, 5, 3])
    #expect(told.special.mask == 4)
  }

  @Test func addedTokensOfTheConfigurationAreFound() throws {
    let tokenizer = try Self.tokenizer([
      "tokenizer.json": Self.words,
      "tokenizer_config.json":
        #"{"added_tokens_decoder":{"5":{"content":"[B]"},"4":{"content":"[A]"}}}"#,
    ])
    #expect(try tokenizer.encode("a[A][B]").ids == [1, 4, 5])
  }
}
