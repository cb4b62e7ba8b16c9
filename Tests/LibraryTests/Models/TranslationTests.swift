import Language
import Library
import TestSupport
import Testing

/// Commands on a model with an encoder and a decoder.
@Suite struct TranslationTests {
  private static func bench() -> Bench {
    let bench = Bench()
    let folder = SharedData.projectRoot.appendingPathComponent("Tests/Fixtures/Stacks/mbart").path
    bench.run(
      """
      load "\(folder)"
      let p = prompt ids: [7, 21, 12, 5, 9, 2]
      let q = prompt ids: [7, 22, 13, 5, 9, 2] target_ids: [8, 14]
      """)
    return bench
  }

  @Test func tokensShowBothSides() {
    let bench = Self.bench()
    #expect(
      bench.text("(tokens q).side | last 4") == #"["source", "target", "target", "target"]"#)
    #expect(bench.text("q.ids") == "[7, 22, 13, 5, 9, 2]")
    #expect(bench.text("q.target") == "[2, 8, 14]")
    #expect(bench.text("p.target") == "[2]")
    #expect(bench.text("(drop q @1).ids") == "[7, 13, 5, 9, 2]")
  }

  @Test func addressesOfAllSidesAreCaptured() {
    let bench = Self.bench()
    #expect(bench.text("(capture q enc.L*.H*.pattern).shape") == "[2, 4, 6, 6]")
    #expect(bench.text("(capture q dec.L*.H*.pattern).shape") == "[2, 4, 3, 3]")
    #expect(bench.text("(capture q dec.L*.cross.H*.pattern).shape") == "[2, 4, 3, 6]")
    #expect(bench.text("(capture q dec.L0.cross.H1.k@4).shape") == "[4]")
    #expect(bench.text("(capture q enc.final).shape") == "[6, 16]")
    #expect(bench.text("(capture q enc.embed@-1).shape") == "[16]")
    #expect(bench.text("(capture q dec.L1.cross.ln).shape") == "[3, 16]")
    #expect(bench.text("(capture q dec.L1.resid.cross@1).shape") == "[16]")
    #expect(bench.text("sum((capture q dec.L1.cross.H2.pattern@1)) | round 6") == "1")
  }

  @Test func sweepsGoOverHeadsOfAllThreeKinds() {
    let bench = Self.bench()
    bench.run("let t = sweep q over: heads() do: zero measure: (logit 3)")
    #expect(bench.text("len(t)") == "24")
    #expect(bench.text(#"t | where { it.side == "cross" } | len"#) == "8")
    // Each row of the shared sweep is what the intervention gives by itself.
    for head in ["enc.L1.H2", "dec.L0.H1", "dec.L1.cross.H3"] {
      #expect(
        bench.text(
          """
          let row = (t | where { "{it.address}" == "\(head)" }).value[0]
          with zero(\(head)) { abs(row - measure(q, logit(3))) < 0.00001 }
          """) == "true", "\(head)")
    }
  }

  @Test func interventionsNamePositionsOfTheirSide() {
    let bench = Self.bench()
    #expect(
      bench.text(
        "with hide(@4, dec.L*.cross.H*) { sum((capture q dec.L1.cross.H0.pattern)[key: 4]) }")
        == "0")
    #expect(
      bench.text(
        "with cut(enc.L0.H1, from: @5, to: @0) { (capture q enc.L0.H1.pattern)[query: 5, key: 0] }")
        == "0")
    #expect(
      bench.text(
        """
        let other = prompt ids: [9, 8, 7, 6, 5, 4] target_ids: [8, 14]
        with patch(enc.final, from: other) { measure(q, logit(3)) } == measure(other, logit(3))
        """) == "true")
  }

  @Test func textsAreGeneratedFromTheSource() {
    let bench = Self.bench()
    bench.run(
      """
      let a = generate p tokens: 6 stream: false
      let b = generate p tokens: 6 cached: false stream: false
      """)
    #expect(bench.text("a.ids == b.ids") == "true")
    #expect(bench.text("len(a.ids) > 0") == "true")
    #expect(bench.text("measure(q, loss) > 0") == "true")
    #expect(bench.text("(logit_lens q).rank | last 1") == "[1]")
    #expect(bench.text("check() | where { not it.ok } | len") == "0")
  }

  @Test(arguments: [
    ("capture p L0.H1", "unknown-address"), ("capture p enc.L0.cross.H1", "unknown-address"),
    ("capture p enc.L2.H0", "unknown-address"), ("measure p loss", "empty-prompt"),
    ("with hide(@1) { predict p }", "wrong-address"),
    ("capture p dec.L0.cross.H0.k@6", "position-out-of-range"),
    ("capture p dec.L0.cross.H0.q@1", "position-out-of-range"),
    ("capture p dec.L0.cross.H0.rot_q", "unknown-address"),
    (#"load "random-tiny"; predict (prompt "a" target: "b")"#, "wrong-source"),
  ])
  func whatHasNoMeaningIsRefused(source: String, code: String) {
    let bench = Self.bench()
    #expect(bench.text("try { \(source) } catch e { e.code }") == code)
  }
}
