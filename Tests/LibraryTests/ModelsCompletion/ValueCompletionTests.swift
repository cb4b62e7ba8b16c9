import Language
import Testing
import Transformers

@testable import Library

/// What Tab offers from the bench besides addresses.
@Suite struct ValueCompletionTests {
  private func bench() throws -> Workbench {
    let workbench = Workbench(settings: SessionSettings(), interruption: Interruption())
    _ = workbench.add(try .randomTiny())
    return workbench
  }

  private func texts(
    _ kind: String, _ parameter: String = "", _ prefix: String = "", inString: Bool = true,
    of subject: Value? = nil
  ) throws -> [String] {
    try bench().candidates(
      kind: kind, parameter: parameter, prefix: prefix, isInString: inString, subject: subject
    ).map(\.text)
  }

  @Test func modelsThatCanBeLoadedOrAre() throws {
    #expect(try texts("string", "load.source", "tiny-l").contains("tiny-lm"))
    #expect(try texts("string", "load.source", "random").contains("random-tiny"))
    #expect(try texts("model", "use.model") == ["random-tiny"])
  }

  @Test func tokensOfThePromptAndThenOfTheVocabulary() throws {
    let offered = try texts("token", "logit.token", "c", of: .string("a cat"))
    #expect(offered.first == "c")
    #expect(offered.count >= 2)
    #expect(try texts("token", "logit.token").count > 100)
    #expect(try texts("position", of: .string("cat")) == ["c", "a", "t"])
  }

  @Test func positionsOfThePrompt() throws {
    let offered = try texts("position", "", "@", inString: false, of: .string("cat"))
    #expect(offered == ["@0", "@1", "@2", "@-1", "@*"])
    #expect(try texts("position", "", "@-", inString: false) == ["@-1"])
  }

  @Test func hookNames() throws {
    let offered = try texts("string", "address.text", "blocks.1.attn.hook_p")
    #expect(offered == ["blocks.1.attn.hook_pattern"])
    #expect(try texts("string", "address.text", "blocks.2.").isEmpty)
    for name in try texts("string", "address.text", "blocks.") {
      #expect((try? Address(parsing: name)) != nil, "\(name)")
    }
  }
}
