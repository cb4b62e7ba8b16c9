import Language
import Library
import Testing

@Suite struct HostTests {
  @Test(arguments: [
    "L3", "L5.H3", "L5.H3.pattern", "L2..4.mlp", "L*.H*", "L{0,3}.attn", "L3.N77", "L3.KV1.k",
    "L3.resid.post@-1", "L0.mlp.pre@2..5", "logits@-1", "embed", "final@\"Mary\"", "enc.L1.attn",
    "dec.L1.cross.H0", "@3", "@-1", "@2..5", "@..-1", "@\"Mary had\"", "@*",
  ]) func literalReadsBack(_ text: String) {
    #expect(Bench().text(text) == text)
  }

  @Test(arguments: [
    ("L(1 + 1).H(3)", "L2.H3"), ("let i = 4; logits@(i)", "logits@4"), ("L1.attn.H2", "L1.H2"),
    ("let a = L1.mlp; a@2", "L1.mlp@2"), (#"address "hook_embed""#, "embed"),
    (#"address "blocks.2.ln1.hook_normalized""#, "L2.ln1"), ("L3.H5.layer", "3"),
    ("L3.H5.q.part", "q"), ("L1.H2.hook", "blocks.1.attn.hook_result"), ("L2..4.H*.head", "*"),
    ("[L1.H2, logits@-1]", "[L1.H2, logits@-1]"), ("L1.H2 == L1.attn.H2", "true"),
    ("L1.H2 == L1.H3", "false"), ("type L1", "address"), ("type @3", "position"),
  ]) func literalMeans(_ source: String, _ text: String) {
    #expect(Bench().text(source) == text)
  }

  @Test(arguments: [
    ("L1.q.mlp", "unknown-address"), ("5@2", "not-narrowable"),
    (#"predict "a" at: 3"#, "wrong-type"), (#"capture "a" "L1""#, "wrong-type"),
    (#"predict "a""#, "no-model"), (#"address "blocks.1.nothing.here""#, "unknown-address"),
  ]) func faultIsTold(_ source: String, _ code: String) {
    #expect(Bench().run(source).errors.first?.code == code)
  }
}
