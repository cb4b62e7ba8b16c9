import Figures
import Language
import Testing

@Suite struct HeadCommandTests {
  @Test func aCardFitsOnOneScreen() {
    let bench = Bench()
    let source = #"load "tiny-lm"; head_card L0.H1 corpus: (corpus "english" count: 16 seed: 2)"#
    let text = bench.text(source)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count <= 40 && lines.count > 15, "\(text)")
    for line in lines { #expect(DisplayWidth.of(String(line)) <= 80, "\(line)") }
    #expect(text.hasPrefix("L0.H1 of tiny-lm"))
    // What is known of this head: it looks at the token before.
    #expect(text.contains("rules: the previous token"))
    for section in ["looks at", "matches", "writes", "without it", "looks like"] {
      #expect(lines.contains { $0.hasPrefix(section) })
    }
  }

  @Test func translatorsHaveCardsOnBothSides() {
    let bench = Bench()
    bench.run(#"load "tiny-mt"; let c = corpus "english" count: 4 seed: 2"#)
    for head in ["enc.L0.H0", "dec.L1.H1", "dec.L1.cross.H0"] {
      #expect(bench.text("(head_card \(head) corpus: c).losses[0].kind") == "all")
    }
    #expect(bench.text("communication_rules c dec.L1.cross | len") == "4")
  }

  @Test func modelsThatReadImagesHaveSizesButNoCards() {
    let bench = Bench()
    bench.run(#"load "tiny-vit""#)
    #expect(bench.text("head_card L0.H1").hasPrefix("no-vocabulary"))
    #expect(bench.text("head_weights L0 | len") == "4")
  }

  @Test func whatCannotBeIsRefused() {
    let bench = Bench()
    bench.run(#"let small = load "random-tiny"; load "tiny-lm"; let p = prompt "the cat""#)
    #expect(bench.text("head_weights against: small").hasPrefix("not-comparable"))
    #expect(bench.text("score_parts p L1").hasPrefix("wrong-address"))
    #expect(bench.text("head_weights tests: true").hasPrefix("missing-argument"))
    #expect(bench.text(#"communication_rules "the cat" L9"#).hasPrefix("unknown-address"))
    #expect(bench.text(#"redundancy "the cat" seed: -1"#).hasPrefix("bad-seed"))
  }
}
