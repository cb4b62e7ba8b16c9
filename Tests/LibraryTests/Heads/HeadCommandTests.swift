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
    for line in lines { #expect(DisplayWidth.of(String(line)) <= 100, "\(line)") }
    #expect(text.hasPrefix("L0.H1 of tiny-lm"))
    // What is known of this head: it looks at the token before.
    #expect(text.contains("rules: the previous token"))
    for section in ["looks at", "matches", "writes", "without it", "looks like"] {
      #expect(lines.contains { $0.hasPrefix(section) })
    }
  }

  @Test func everyCommandShowsItsNull() {
    let bench = Bench()
    bench.run(#"load "random-tiny"; let texts = ["the cat sat", "a dog ran far"]"#)
    for (command, columns) in [
      ("communication_rules texts L1", "coverage"), ("redundancy texts", "outputs"),
    ] {
      let random = bench.text(#"(\#(command) weights: "random").\#(columns)"#)
      #expect(bench.text("(\(command)).random") == random, "\(command)")
      #expect(
        bench.text(#"\#(command) weights: "own" | keys"#).contains("random") == false)
    }
    // The same pair of tokens is asked for, and the same parts are compared.
    bench.run(#"let p = prompt "the cat sat"; let own = score_parts p L1.H0"#)
    #expect(bench.text("own | keys").contains("random"))
    #expect(
      bench.text(#"(score_parts p L1.H0 weights: "own").over_mean"#)
        == bench.text("own.over_mean"))
    #expect(bench.text("head_weights texts L1").contains("random weights, seed 0, mean"))
    #expect(
      bench.text(#"head_weights texts L1 weights: "own""#).contains("random weights") == false)
    #expect(
      bench.text(
        #"(head_card L1.H0 corpus: texts).targets | keys"#
      ).contains("random"))
  }

  @Test func whatABackdoorChangedIsTested() {
    let bench = Bench()
    bench.run(
      #"let clean = load "tiny-review"; load "tiny-review-backdoor""#
        + #"; let c = corpus "english" count: 12 seed: 3 kinds: "review""#)
    #expect(
      bench.text("c | head_weights against: clean | keys")
        == #"["head", "before", "after", "writing", "looking", "cosine", "gain", "low", "high", "q"]"#
    )
    let tests = bench.text(#"show (c | head_weights tests: true weights: "own")"#)
    #expect(tests.contains("4 orders, so no p is below 0.25"), "\(tests)")
    #expect(!tests.contains("NaN"), "\(tests)")
  }

  @Test func classesAndSpecialTokensAreChosen() {
    let bench = Bench()
    bench.run(#"load "tiny-mlm"; let c = corpus "english" count: 8 seed: 3"#)
    for name in ["pos", "relation", "frequency", "token", "segment", "special"] {
      let text = bench.text(
        #"(communication_rules c L0.H0 classes: "\#(name)" weights: "own")[0].mi >= -0.2"#)
      #expect(text == "true", "\(name): \(text)")
    }
    #expect(
      bench.text(#"communication_rules c L0.H0 special: "drop-both" weights: "own""#)
        .contains("special tokens left out"))
    // Nothing but special tokens differs in that class, and none is left.
    #expect(
      bench.text(
        #"(communication_rules c L0.H0 classes: "special" special: "drop-both" weights: "own")[0].mi"#
      )
        == "0")
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
    #expect(bench.text(#"redundancy "the cat" seed: -1"#).hasPrefix("out-of-range"))
  }
}
