import Foundation
import TestSupport
import Testing
import Tokenizers

/// Damaged and lying files: each is one error that names its place, never a trap.
@Suite struct HostileFileTests {
  static func failure(_ files: [String: String]) throws -> TokenizerError? {
    let folder = try TemporaryFolder()
    for (name, text) in files {
      try folder.write(name, text)
    }
    do throws(TokenizerError) {
      _ = try Tokenizer(contentsOf: folder.url)
      return nil
    } catch {
      return error
    }
  }

  static func file(
    model: String = #"{"type":"WordLevel","vocab":{"a":0},"unk_token":"a"}"#, _ rest: String = ""
  ) -> [String: String] {
    ["tokenizer.json": #"{"model":\#(model)\#(rest)}"#]
  }

  @Test func anEmptyFolderNamesWhatWasLookedFor() throws {
    let error = try #require(try Self.failure([:]))
    guard case .notFound(_, let lookedFor) = error else {
      Issue.record("\(error)")
      return
    }
    #expect(lookedFor.first == "tokenizer.json")
    #expect(error.description.contains("vocab.txt"))
  }

  /// What is wrong with a model section.
  static let badModels = [
    #"{"type":"WordLevel","vocab":{}}"#,
    #"{"type":"WordLevel"}"#,
    #"{"type":"WordLevel","vocab":{"a":-1}}"#,
    #"{"type":"WordLevel","vocab":{"a":0,"b":0}}"#,
    #"{"type":"WordLevel","vocab":{"a":0,"a":1}}"#,
    #"{"type":"WordLevel","vocab":{"a":2147483646}}"#,
    #"{"type":"WordLevel","vocab":{"a":99999999999999999999}}"#,
    #"{"type":"WordLevel","vocab":{"a":1.5}}"#,
    #"{"type":"WordLevel","vocab":{"a":"0"}}"#,
    #"{"type":"WordLevel","vocab":["a","b"]}"#,
    #"{"type":"WordLevel","vocab":{"a":0,}}"#,
    #"{"type":"Wonder","vocab":{"a":0}}"#,
    #"{"type":7,"vocab":{"a":0}}"#,
    #"{"type":"BPE","vocab":{"a":0,"b":1}}"#,
    #"{"type":"BPE","vocab":{"a":0,"b":1},"merges":["a b"]}"#,
    #"{"type":"BPE","vocab":{"a":0,"ab":1},"merges":["a b"]}"#,
    #"{"type":"BPE","vocab":{"a":0,"b":1,"ab":2},"merges":["ab"]}"#,
    #"{"type":"BPE","vocab":{"a":0,"b":1,"ab":2},"merges":["a b c"]}"#,
    #"{"type":"BPE","vocab":{"a":0,"b":1,"ab":2},"merges":[["a"]]}"#,
    #"{"type":"BPE","vocab":{"a":0,"b":1,"ab":2},"merges":[["a","b","c"]]}"#,
    #"{"type":"BPE","vocab":{"a":0,"b":1,"ab":2},"merges":[1]}"#,
    #"{"type":"BPE","vocab":{"a":0},"merges":{}}"#,
    #"{"type":"BPE","vocab":{"a":0},"merges":[],"dropout":0.5}"#,
    #"{"type":"BPE","vocab":{"a":0},"merges":[],"unk_token":5}"#,
    #"{"type":"Unigram","vocab":[["a",0.0]],"unk_id":9}"#,
    #"{"type":"Unigram","vocab":[["a",0.0],["a",0.0]]}"#,
    #"{"type":"Unigram","vocab":[["a","b"]]}"#,
    #"{"type":"Unigram","vocab":[["a",1e999]]}"#,
    #"{"type":"Unigram","vocab":{"a":0}}"#,
    #"{"type":"WordPiece","vocab":{"a":0},"max_input_chars_per_word":-4}"#,
  ]

  @Test(arguments: badModels) func badModelsAreRefused(_ model: String) throws {
    let error = try #require(try Self.failure(Self.file(model: model)), "\(model)")
    #expect(error.description.contains("tokenizer.json"), "\(error)")
  }

  /// What is wrong with the other sections.
  static let badSections = [
    #","added_tokens":{}"#,
    #","added_tokens":[{"id":0}]"#,
    #","added_tokens":[{"id":0,"content":7}]"#,
    #","added_tokens":[{"id":0,"content":"x","special":"yes"}]"#,
    #","normalizer":{"type":"Marvel"}"#,
    #","normalizer":{"type":"Sequence"}"#,
    #","normalizer":{"type":"Replace","pattern":{"Regex":"("},"content":""}"#,
    #","normalizer":{"type":"Replace","pattern":{},"content":""}"#,
    #","normalizer":{"type":"Precompiled","precompiled_charsmap":"????"}"#,
    #","normalizer":{"type":"Precompiled","precompiled_charsmap":"/////w=="}"#,
    #","pre_tokenizer":{"type":"Split","pattern":{"String":"a"},"behavior":"Sideways"}"#,
    #","pre_tokenizer":{"type":"Metaspace","replacement":"ab"}"#,
    #","pre_tokenizer":{"type":"CharDelimiterSplit","delimiter":""}"#,
    #","pre_tokenizer":{"type":"FixedLength","length":0}"#,
    #","pre_tokenizer":[]"#,
    #","post_processor":{"type":"BertProcessing","sep":["[SEP]",7],"cls":["[CLS]",0]}"#,
    #","post_processor":{"type":"BertProcessing","sep":["[SEP]"],"cls":["[CLS]",0]}"#,
    #","post_processor":{"type":"TemplateProcessing","single":[],"special_tokens":{}}"#,
    #","post_processor":{"type":"TemplateProcessing","single":[{"SpecialToken":{"id":"x"}}],"pair":[]}"#,
    #","decoder":{"type":"Oracle"}"#,
    #","decoder":{"type":"Strip","content":"ab","start":1,"stop":0}"#,
    #","decoder":{"type":"Strip","content":"a","start":-1,"stop":0}"#,
    #"} x"#,
    #","normalizer":"#,
  ]

  @Test(arguments: badSections) func badSectionsAreRefused(_ section: String) throws {
    let error = try #require(try Self.failure(Self.file(section)), "\(section)")
    #expect(error.description.contains("tokenizer.json"), "\(error)")
  }

  @Test(arguments: [
    "", " ", "null", "[]", "{", "{}", "\"a", "{\"model\":", "tru", "{\"model\":{\"vocab\":{\"a",
    #"{"model":{"type":"WordLevel","vocab":{"\ud800":0}}}"#,
    #"{"model":{"type":"WordLevel","vocab":{"\ud800\u0041":0}}}"#,
    #"{"model":{"type":"WordLevel","vocab":{"\u12G4":0}}}"#,
    #"{"model":{"type":"WordLevel","vocab":{"\q":0}}}"#,
    #"{"x":[}],"model":{"vocab":{"a":0}}}"#,
  ])
  func brokenFilesAreRefused(_ text: String) throws {
    #expect(try Self.failure(["tokenizer.json": text]) != nil)
  }

  @Test func everyCutOfAFileIsRefused() throws {
    let url = FixtureTests.folder.appendingPathComponent("split_byte_level/tokenizer.json")
    let bytes = [UInt8](try Data(contentsOf: url))
    let folder = try TemporaryFolder()
    let target = folder.url.appendingPathComponent("tokenizer.json")
    for length in stride(from: 0, to: bytes.count - 2, by: 97) {
      try Data(bytes[..<length]).write(to: target)
      #expect(throws: TokenizerError.self) { try Tokenizer(contentsOf: folder.url) }
    }
  }

  @Test func aChangedByteNeverTraps() throws {
    let url = FixtureTests.folder.appendingPathComponent("word_piece/tokenizer.json")
    let bytes = [UInt8](try Data(contentsOf: url))
    let folder = try TemporaryFolder()
    let target = folder.url.appendingPathComponent("tokenizer.json")
    for position in stride(from: 0, to: bytes.count, by: 61) {
      var changed = bytes
      changed[position] = [0, 0x22, 0x2D, 0x5B, 0x7D, 0x80, 0x39][position % 7]
      try Data(changed).write(to: target)
      if let tokenizer = try? Tokenizer(contentsOf: folder.url) {
        _ = try? tokenizer.encode("The boats lay é 日本")
      }
    }
  }

  @Test func deepNestingIsRefused() throws {
    let deep = String(repeating: "[", count: 200_000)
    #expect(try Self.failure(["tokenizer.json": "{\"x\":\(deep)"]) != nil)
    #expect(try Self.failure(Self.file(",\"normalizer\":\(deep)")) != nil)
  }

  @Test func filesThatAreNotTextAreRefused() throws {
    let folder = try TemporaryFolder()
    for name in ["tokenizer.json", "vocab.txt"] {
      try Data([0x7B, 0xFF, 0xFE, 0x7D]).write(to: folder.url.appendingPathComponent(name))
      #expect(throws: TokenizerError.self) { try Tokenizer(contentsOf: folder.url) }
      try FileManager.default.removeItem(at: folder.url.appendingPathComponent(name))
    }
  }

  @Test func bareFilesAreCheckedToo() throws {
    #expect(try Self.failure(["vocab.txt": ""]) != nil)
    #expect(try Self.failure(["vocab.txt": "a\na\n"]) != nil)
    #expect(try Self.failure(["vocab.json": "{}", "merges.txt": ""]) != nil)
    #expect(try Self.failure(["vocab.json": #"{"a":0}"#, "merges.txt": "a b"]) != nil)
    #expect(try Self.failure(["vocab.json": #"{"a":0}"#, "merges.txt": "#version: 0.2\n"]) == nil)
    #expect(try Self.failure(["vocab.json": #"{"a":0}"#]) != nil)
  }

  @Test func textThatTheVocabularyLacksIsAnError() throws {
    let folder = try TemporaryFolder()
    let files = Self.file(model: #"{"type":"WordLevel","vocab":{"a":0}}"#)
    try folder.write("tokenizer.json", files["tokenizer.json", default: ""])
    let tokenizer = try Tokenizer(contentsOf: folder.url)
    #expect(try tokenizer.encode("a").ids == [0])
    #expect(throws: TokenizerError.self) { try tokenizer.encode("b") }
    #expect(tokenizer.decode([0, 99, -1]) == "a")
    #expect(tokenizer.piece(-1) == nil)
  }
}
