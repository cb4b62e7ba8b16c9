import Language
import TestSupport
import Testing

/// Commands on attention as a user meets them.
@Suite struct AttentionCommandTests {
  @Test func aKnownHeadLooksAtTheTokenBefore() {
    let bench = Bench()
    bench.run(#"load "tiny-lm"; let texts = corpus "english" count: 20 seed: 1"#)
    #expect(
      bench.text(
        #"let t = attention_mass texts L0.H1 to: "previous"; t[0].low > 0.7 and t[0].q < 0.05"#)
        == "true")
    #expect(bench.text("(head_roles texts L0.H1)[0].roles").contains("previous"))
    #expect(
      bench.text(#"(head_roles texts L2.H0 of: "induction")[0].held"#) == "true")
    // The same shapes without what was learnt.
    #expect(
      bench.text(
        #"(attention_mass texts L0 to: "previous" weights: "random").mass | max"#
      ).hasPrefix("0."))
    #expect(
      bench.text(
        #"max((attention_mass texts L0 to: "previous" weights: "random").mass) < 0.5"#) == "true")
  }

  @Test func theNullStandsBesideOwnNumbers() {
    let bench = Bench()
    bench.run(#"load "random-tiny"; let texts = ["the cat sees", "a dog ran far", "no"]"#)
    for (command, column) in [
      (#"attention_mass texts L1 to: "previous""#, "mass"),
      ("attention_entropy texts L1", "entropy"),
      ("attention_confidence texts L1", "confidence"), ("attention_patterns texts L1", "pattern"),
      ("head_roles texts L1", "roles"), (#"head_roles texts L1 of: "self""#, "score"),
    ] {
      let own = bench.text("(\(command)).\(column)")
      let random = bench.text(#"(\#(command) weights: "random").\#(column)"#)
      bench.run(#"let both = (\#(command) weights: "both")"#)
      #expect(bench.text("both.\(column)") == own, "\(command)")
      #expect(bench.text("both.random") == random, "\(command)")
    }
    #expect(
      bench.text(#"attention_mass texts L1 weights: "both" | keys"#).contains("random_previous"))
    #expect(
      bench.text(#"head_distances texts as: "layers" weights: "both" | keys"#)
        == #"["heads", "distance", "low", "high", "random"]"#)
  }

  @Test func releasedCodeIsFollowedWhereAskedFor() {
    let bench = Bench()
    bench.run(#"load "tiny-mlm"; let texts = ["the cat sees a dog", "a dog ran far"]"#)
    // Labels are exchanged, and queries without a neighbour count as those that give it nothing.
    bench.run(#"let own = attention_mass texts L0.H1 to: "previous""#)
    bench.run(#"let released = attention_mass texts L0.H1 to: "next" compat: "released""#)
    bench.run("let count = (prompt texts[0]).count + (prompt texts[1]).count")
    #expect(
      bench.text(
        "close(released[0].mass * count, own[0].mass * (count - 2), within: 1e-6)")
        == "true")
    bench.run(
      "let mean = head_distances texts L0; let total = head_distances texts L0 compat: \"released\""
    )
    #expect(
      bench.text(
        "close(total[head: 0, other: 1], mean[head: 0, other: 1] * count, within: 1e-6)") == "true"
    )
    #expect(
      bench.text(#"head_distances texts root: true compat: "released""#)
        .hasPrefix("conflicting-arguments"))
    #expect(bench.text(#"attention_mass texts compat: "paper""#).hasPrefix("unknown-choice"))
  }

  @Test func absentTokensAreRefused() {
    let bench = Bench()
    bench.run(#"load "tiny-mlm"; let texts = ["the cat sees a dog", "a dog ran far"]"#)
    #expect(bench.text(#"attention_mass texts to: ["[SEP]"]"#).hasPrefix("unknown-token"))
    #expect(bench.text(#"attention_mass texts from: "[SEP]""#).hasPrefix("unknown-token"))
    #expect(bench.text(#"attention_mass texts from: "others""#).hasPrefix("missing-argument"))
    // What others than special tokens give to these is what plain ones give.
    #expect(
      bench.text(#"(attention_mass texts to: "special" from: "others").mass"#)
        == bench.text(#"(attention_mass texts to: "special" from: "plain").mass"#))
  }

  @Test func numbersAreRepeatable() {
    let bench = Bench()
    bench.run(#"load "random-tiny"; let texts = ["the cat sees", "a dog ran far", "no"]"#)
    for command in [
      "attention_mass texts", #"attention_mass texts to: "self" seed: 3"#,
      "attention_entropy texts", "attention_confidence texts", "attention_patterns texts",
      "head_roles texts",
    ] {
      #expect(bench.text("(\(command)) == (\(command))") == "true", "\(command)")
    }
  }

  @Test func interventionsHoldAndAreSaid() {
    let bench = Bench()
    bench.run(#"load "random-tiny""#)
    let before = bench.text(#"(attention_mass ["the cat sees"] L1).self"#)
    let after = bench.text(#"with zero(L0.mlp) { attention_mass ["the cat sees"] L1 }"#)
    #expect(after.contains("under 1 intervention") && !after.contains(before))
  }

  @Test func theThreeAttentionsOfATranslatorHaveCommandsOfTheirOwn() {
    let bench = Bench()
    bench.run(#"load "tiny-mt"; let texts = corpus "english" count: 12 seed: 1"#)
    #expect(bench.text("attention_mass texts | len") == "16")
    #expect(bench.text("(attention_mass texts)[0].head") == "enc.L0.H0")
    #expect(bench.text("attention_mass texts dec.L0.cross | keys").contains("punctuation"))
    #expect(!bench.text("attention_mass texts dec.L0.cross | keys").contains("previous"))
    #expect(
      bench.text("(dependency_heads texts dec.L2.cross least: 20)[0].accuracy > 0.5") == "true")
    #expect(bench.text("dependency_heads texts dec.L0").hasPrefix("no-annotation"))
    #expect(bench.text("coreference_heads texts dec.L0.cross").hasPrefix("no-annotation"))
    #expect(bench.text("attention_patterns texts dec.L0.cross").hasPrefix("wrong-address"))
    #expect(bench.text("attention_mass texts [enc.L0, dec.L0]").hasPrefix("wrong-address"))
    #expect(bench.text("attention_mass texts L0").hasPrefix("unknown-address"))
  }

  @Test func faultsSayWhatIsMissing() {
    let bench = Bench()
    #expect(bench.text(#"attention_mass ["a"]"#).hasPrefix("no-model"))
    bench.run(#"load "random-tiny""#)
    #expect(bench.text("attention_mass []").hasPrefix("empty-corpus"))
    #expect(bench.text(#"attention_mass ["a"] special: "none""#).hasPrefix("unknown-choice"))
    #expect(bench.text(#"attention_mass ["a"] L0.mlp"#).hasPrefix("wrong-address"))
    #expect(bench.text(#"attention_mass ["a"] L0@1"#).hasPrefix("wrong-address"))
    #expect(bench.text(#"dependency_heads ["a b"]"#).hasPrefix("no-annotation"))
    #expect(
      bench.text(#"dependency_heads (corpus "english" count: 1 seed: 1)"#)
        .hasPrefix("too-few-cases"))
    #expect(bench.text(#"dependency_heads ["a b"] least: 0"#).hasPrefix("out-of-range"))
    // One token sees nothing but itself: there is nothing to measure, and no crash.
    #expect(bench.text(#"attention_confidence ["a"]"#).hasPrefix("no-numbers"))
    bench.run(#"load "tiny-vit""#)
    #expect(bench.text(#"attention_mass ["a"]"#).hasPrefix("wrong-image"))
  }

  @Test func checkpointsAreCompared() {
    let bench = Bench()
    bench.run(
      #"""
      let one = load "tiny-task-a"
      let two = load "tiny-task-b"
      let texts = corpus "english" count: 6 seed: 1 kinds: "review"
      """#)
    #expect(bench.text("(compare_heads texts one one).cosine | min | round") == "1")
    #expect(bench.text("max((compare_heads texts one two).cosine) < 1") == "true")
    #expect(bench.text(#"compare_heads texts "tiny-task-a" "nobody""#).hasPrefix("model-not-found"))
    bench.run(#"load "random-tiny""#)
    #expect(
      bench.text(#"compare_heads texts "tiny-task-a" "random-tiny""#).hasPrefix("different-models"))
  }
}
