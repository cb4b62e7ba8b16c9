import Language
import Library
import TestSupport
import Testing

/// Commands on a classifier that shares its logits between two tasks.
@Suite struct ClassifierTests {
  private static func bench() -> Bench {
    let bench = Bench()
    let folder = SharedData.projectRoot
      .appendingPathComponent("Tests/Fixtures/Stacks/roberta-prelayernorm-tasks").path
    bench.run("load \"\(folder)\"; let p = prompt ids: [3, 9, 12, 5]")
    return bench
  }

  @Test func predictionsAreLabelsTaskByTask() {
    let bench = Self.bench()
    bench.run("let t = predict p")
    #expect(
      bench.text("t.task")
        == #"["sentiment", "sentiment", "number", "number", "number"]"#)
    #expect(bench.text(#"sum((t | where { it.task == "number" }).probability) | round 9"#) == "1")
    #expect(
      bench.text(#"sum((t | where { it.task == "sentiment" }).probability) | round 9"#) == "1")
    #expect(bench.text("(capture p logits).shape") == "[5]")
    #expect(bench.text("(capture (batch [p, prompt(ids: [4, 4])]) logits).shape") == "[2, 5]")
  }

  @Test func metricsTakeLabelsAndStayWithinATask() {
    let bench = Self.bench()
    bench.run(
      """
      let whole = measure(p, prob("singular")) + measure(p, prob("plural")) + measure(p, prob("none"))
      let gap = measure(p, logit_diff("number.plural", "singular"))
      """)
    #expect(bench.text("round(whole, 9)") == "1")
    #expect(bench.text("gap == measure(p, logit(3)) - measure(p, logit(2))") == "true")
    #expect(bench.text(#"measure(p, rank("plural")) <= 3"#) == "true")
    #expect(
      bench.text(#"sweep p over: heads() do: zero measure: (prob "positive") | len"#) == "8")
  }

  @Test(arguments: [
    ("generate p", "cannot-generate"), ("measure p loss", "no-vocabulary"),
    ("logit_lens p", "no-vocabulary"), (#"measure p (logit "nose")"#, "unknown-label"),
    ("measure p (logit 5)", "unknown-label"), ("predict p at: @1", "conflicting-arguments"),
    ("with zero(logits@2) { predict p }", "position-out-of-range"),
  ])
  func whatHasNoMeaningIsRefused(source: String, code: String) {
    let bench = Self.bench()
    #expect(bench.text("try { \(source) } catch e { e.code }") == code)
  }

  @Test func interventionsActOnTheLabels() {
    let bench = Self.bench()
    #expect(
      bench.text("with zero(logits) { (predict p).probability[0] }") == "0.5")
    bench.run("let q = prompt ids: [7, 7]")
    #expect(
      bench.text("with patch(logits, from: q) { (predict p).logit } == (predict q).logit") == "true"
    )
    #expect(bench.text("neighbors 20 top: 3 | len") == "3")
    #expect(bench.text("check() | where { not it.ok } | len") == "0")
  }
}
