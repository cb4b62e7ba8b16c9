import Faults
import Testing
import Transformers

@Suite struct AddressTests {
  @Test(arguments: [
    "L3", "L3.H5", "L3.H5.pattern", "L2..4.mlp", "L*.H*", "L{0,3}.attn", "L3.N77", "L3.KV1",
    "L3.KV1.k", "L3.resid.post@-1", "embed", "pos", "final", "logits@2..5", "logits@..-1",
    "dec.L1.cross.H0", "enc.L0.mlp.post", "L0.ln1", "L7.mlp.pre", "L0.H{1,4}.rot_q",
    "L3.resid.mid@\"Mary\"", "L1.cross", "dec.L1.cross.ln", "dec.L1.resid.cross@2", "enc.final",
    "enc.embed@-1", "dec.pos",
    "dec.L*.cross.H{0,2}.k@3", "L*.H2..5.scores",
  ])
  func printsAsItIsRead(text: String) throws {
    #expect(try Address(parsing: text).description == text)
  }

  @Test(
    arguments: zip(
      [
        "blocks.3.attn.hook_pattern", "blocks.0.hook_resid_pre", "blocks.2.mlp.hook_post",
        "blocks.1.attn.hook_result", "hook_embed", "ln_final.hook_normalized", "L3.out",
        "L3.H4.out",
        "L2.pattern", "L2.attn.pattern", "L2.attn.H3", "L{3,1}.mlp",
      ],
      [
        "L3.H*.pattern", "L0.resid.pre", "L2.mlp.post", "L1.H*", "embed", "final", nil, "L3.H4",
        "L2.H*.pattern", "L2.H*.pattern", "L2.H3", "L{1,3}.mlp",
      ]))
  func otherFormsAreUnderstood(text: String, expected: String?) throws {
    guard let expected else {
      #expect(throws: Fault.self) { try Address(parsing: text) }
      return
    }
    #expect(try Address(parsing: text).description == expected)
  }

  @Test(arguments: [
    "", "L", "L-1", "Lx", "L3.", "L3.H", "L3.foo", "L3.H1.foo", "L3..mlp", "L4..2", "L{}", "L3.N",
    "x.L3", "enc.logits", "enc.nose", "L1.cross.foo", "L1.cross.ln.x", "L3@", "L3@x",
    "blocks.3.attn.hook_nothing", "L3.resid", "L3.H1.q.k",
  ])
  func nonsenseIsRefused(text: String) {
    #expect(throws: Fault.self) { try Address(parsing: text) }
  }

  @Test func hookNamesGoBothWays() throws {
    for name in ["blocks.3.attn.hook_pattern", "blocks.0.hook_resid_mid", "hook_pos_embed"] {
      #expect(try Address(parsing: name).hookName == name)
    }
    #expect(try Address(parsing: "L*.mlp").hookName == nil)
  }

  @Test func positionsAreResolvedAgainstTheRow() throws {
    let texts = ["The", " cat", " sat", " on", " the", " mat"]
    func resolve(_ selector: PositionSelector) throws -> [Int] {
      try selector.resolve(count: 6) { texts }
    }
    #expect(try resolve(.indices([-1])) == [5])
    #expect(try resolve(.range(nil, -2)) == [0, 1, 2, 3, 4])
    #expect(try resolve(.range(2, 3)) == [2, 3])
    #expect(try resolve(.text("cat")) == [1])
    #expect(try resolve(.text("the")) == [4])
    #expect(throws: Fault.self) { try resolve(.text("dog")) }
    #expect(throws: Fault.self) { try resolve(.text("t")) }
    #expect(throws: Fault.self) { try resolve(.indices([6])) }
    #expect(throws: Fault.self) { try resolve(.range(4, 2)) }
  }
}
