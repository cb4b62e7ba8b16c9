import Foundation
import TestSupport
import Testing
import Tokenizers

/// Real vocabularies and published cases, which are not part of the project.
@Suite struct SharedCasesTests {
  /// A text with the ids and the decoded text that its authors publish.
  struct LongCase: Decodable {
    var text: String
    var token_ids: [Int]
    var decoded_text: String
  }

  static func hardCases(_ name: String) throws -> [(text: String, ids: [Int])] {
    let folder = SharedData.url("tokenizers/cases")
    func read(_ suffix: String) throws -> String {
      try String(contentsOf: folder.appendingPathComponent("\(name).\(suffix)"), encoding: .utf8)
    }
    let texts = try read("inp").components(separatedBy: "\n__ggml_vocab_test__\n")
    let lines = try read("out").components(separatedBy: "\n")
    return zip(texts, lines).map { text, line in
      (text, line.split(separator: " ").compactMap { Int($0) })
    }
  }

  static func longCase(_ name: String) throws -> LongCase {
    let data = try Data(contentsOf: SharedData.url("tokenizers/cases/\(name).json"))
    return try JSONDecoder().decode(LongCase.self, from: data)
  }

  @Test(.enabled(if: SharedData.isAvailable("tokenizers/gpt2")))
  func gpt2HardCases() throws {
    let tokenizer = try Tokenizer(contentsOf: SharedData.url("tokenizers/gpt2"))
    let cases = try Self.hardCases("ggml-vocab-gpt-2.gguf")
    #expect(cases.count == 47)
    for (text, ids) in cases {
      #expect(try tokenizer.encode(text).ids == ids, "\(text)")
      #expect(tokenizer.decode(ids) == text)
    }
  }

  @Test(.enabled(if: SharedData.isAvailable("tokenizers/bert-uncased")))
  func bertHardCases() throws {
    let tokenizer = try Tokenizer(contentsOf: SharedData.url("tokenizers/bert-uncased"))
    let cases = try Self.hardCases("ggml-vocab-bert-bge.gguf")
    #expect(cases.count == 47)
    for (text, ids) in cases {
      #expect(try tokenizer.encode(text, addSpecialTokens: false).ids == ids, "\(text)")
    }
  }

  @Test(.enabled(if: SharedData.isAvailable("tokenizers/gpt2")))
  func gpt2LongText() throws {
    let tokenizer = try Tokenizer(contentsOf: SharedData.url("tokenizers/gpt2"))
    let long = try Self.longCase("gpt2_encoded_tokens")
    #expect(try tokenizer.encode(long.text).ids == long.token_ids)
    #expect(tokenizer.decode(long.token_ids) == long.decoded_text)
  }

  @Test(.enabled(if: SharedData.isAvailable("tokenizers/bert-uncased")))
  func bertLongText() throws {
    let tokenizer = try Tokenizer(contentsOf: SharedData.url("tokenizers/bert-uncased"))
    let long = try Self.longCase("bert_uncased_encoded")
    #expect(try tokenizer.encode(long.text).ids == long.token_ids)
    // The published text was cleaned up further by another program, so it is not compared.
    let decoded = tokenizer.decode(long.token_ids, skipSpecialTokens: false)
    #expect(decoded.hasPrefix("[CLS] fatouville - grestain est une commune"))
  }

  @Test(.enabled(if: SharedData.isAvailable("models/stories260K")))
  func storiesPrompt() throws {
    let tokenizer = try Tokenizer(contentsOf: SharedData.url("models/stories260K"))
    let text = "Once upon a time, there was a little girl named Lily."
    let encoding = try tokenizer.encode(text)
    #expect(encoding.ids.first == tokenizer.special.bos)
    #expect(encoding.tokens.first?.origin == .template)
    #expect(tokenizer.addsBeginning)
    #expect(tokenizer.decode(encoding.ids) == text)
    #expect(tokenizer.vocabularySize == 512)
  }

  @Test(.enabled(if: SharedData.isAvailable("tokenizers/gpt2")))
  func aBareVocabularyWithMergesEqualsTheTokenizerFile() throws {
    let whole = try Tokenizer(contentsOf: SharedData.url("tokenizers/gpt2"))
    let folder = try TemporaryFolder()
    for name in ["vocab.json", "merges.txt"] {
      try folder.copy(SharedData.url("tokenizers/gpt2/\(name)"))
    }
    let bare = try Tokenizer(contentsOf: folder.url)
    let text = "It's 12 o'clock<|endoftext|> \u{1F469}\u{200D}\u{1F467} na\u{EF}ve"
    #expect(try bare.encode(text).tokens == whole.encode(text).tokens)
    #expect(bare.special.eos == 50256)
  }
}
