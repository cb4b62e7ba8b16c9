import Language
import Testing

/// Positions and addresses as values.
@Suite("Positions and addresses as values")
struct PositionValueTests {
  @Test(
    "take part in literals, sums and fields",
    arguments: [
      ("let q = @2; @(q)", "@2"), ("let q = @2; q + 1", "@3"), ("let q = @-1; q - 1", "@-2"),
      ("@2..4 + 1", "@3..5"), ("let q = @2; L1.resid.post@(q + 1)", "L1.resid.post@3"),
      ("let a = @1; let b = @4; @{a, b}", "@{1,4}"), ("@([@1, @3])", "@{1,3}"),
      ("let h = L1.H2; h.pattern", "L1.H2.pattern"), ("let h = L1.H2@3; h.z", "L1.H2.z@3"),
      ("let l = L1; l.resid.post", "L1.resid.post"), ("let l = L0..1; l.mlp.pre", "L0..1.mlp.pre"),
      ("let l = L1; l.H3", "L1.H3"), ("L1.H2.pattern.head", "2"), ("(@3).index", "3"),
      ("@\"cat\" + 1", "@(@\"cat\" + 1)"), ("@(@\"cat\" + 1)", "@(@\"cat\" + 1)"),
      ("let q = @\"cat\" + 1; q - 1", "@\"cat\""),
      (#"load "random-tiny"; (drop "abc" (@"b" + 1)).tokens"#, #"["a", "b"]"#),
      ("let h = L1.H2; h.pattern == L1.H2.pattern", "true"),
    ])
  func values(_ code: String, _ shown: String) {
    #expect(Bench().text(code) == shown)
  }

  @Test(
    "never pass an end of the prompt unnoticed",
    arguments: [
      ("@-1 + 1", "position-out-of-range"), ("@0 - 1", "position-out-of-range"),
      ("@* + 1", "wrong-type"), ("@2 + 0.5", "wrong-type"),
      ("@([@*, @1])", "wrong-type"), ("let l = L1; l.nose", "unknown-field"),
    ])
  func refused(_ code: String, _ kind: String) {
    #expect(Bench().text(code).hasPrefix(kind + ":"))
  }

  @Test("can be swept over, with their tokens")
  func sweeps() {
    let source = """
      load "random-tiny"
      let p = prompt "the cat"
      let a = sweep p over: @1..3 do: { q => zero L1.resid.pre@(q) } measure: entropy
      let b = sweep p over: [@1, @2, @3] do: { q => zero L1.resid.pre@(q) } measure: entropy
      [a.position, a.token, a.value == b.value]
      """
    #expect(Bench().text(source) == #"[[@1, @2, @3], ["h", "e", " "], true]"#)
  }
}

/// Patches between prompts of unequal length.
@Suite("Aligned patches")
struct AlignedPatchTests {
  @Test("take values from the token that stands for theirs, and show it")
  func aligned() {
    let source = """
      load "random-tiny"
      let p = prompt "the cat sat"
      let q = prompt "the black cat sat"
      let t = sweep p over: [L1.resid.post@0, L1.resid.post@-1] do: { a => patch a from: q } measure: entropy
      let same = measure(q, entropy)
      [t.from, close(t.value[1], same, within: 1e-4)]
      """
    #expect(Bench().text(source) == #"[["@0 \"t\"", "@16 \"t\""], true]"#)
  }

  @Test("need positions, or one length")
  func refused() {
    let source = #"load "random-tiny"; with patch(L1.mlp, from: "dog") { predict "the cat" }"#
    #expect(Bench().text(source).hasPrefix("shape-mismatch"))
  }
}
