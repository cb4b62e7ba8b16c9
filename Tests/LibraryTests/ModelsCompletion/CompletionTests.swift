import Testing
import Transformers

@testable import Library

@Suite struct AddressCompletionTests {
  private func complete(_ prefix: String) throws -> [String] {
    AddressCandidates(model: try Model.randomTiny().description).beginning(with: prefix)
  }

  @Test func layersAndPartsThatTheModelHasAreOffered() throws {
    #expect(try complete("L") == ["L0", "L1", "L*"])
    #expect(try complete("l") == ["logits"])
    #expect(try complete("L1.H").contains("L1.H3"))
    #expect(try !complete("L1.H").contains("L1.H4"))
    #expect(try complete("L1.H2.p") == ["L1.H2.pattern"])
    #expect(try complete("L0.resid.p") == ["L0.resid.pre", "L0.resid.post"])
    #expect(try complete("L0.mlp.") == ["L0.mlp.pre", "L0.mlp.post"])
    #expect(try complete("L9.H").isEmpty)
  }
}
