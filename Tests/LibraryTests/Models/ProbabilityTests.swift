import Foundation
import Language
import Library
import TestSupport
import Testing

/// What the logits of a classifier mean by its `problem_type` and the number of its labels.
@Suite struct ProbabilityTests {
  /// The fixture with two labels, with another `problem_type`.
  private static func bench(_ problem: String) throws -> Bench {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("sonde-problem-\(UUID().uuidString)")
    try FileManager.default.copyItem(
      at: SharedData.projectRoot.appendingPathComponent("Tests/Fixtures/Stacks/bert-labels"),
      to: folder)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("config.json")
    var keys =
      try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any] ?? [:]
    keys["problem_type"] = problem
    try JSONSerialization.data(withJSONObject: keys).write(to: file)
    let bench = Bench()
    // Reading the weights maps the file, which then stays readable without its name.
    bench.run(
      """
      load "\(folder.path)"
      let p = prompt ids: [3, 9, 12, 5]
      let t = predict p
      """)
    return bench
  }

  @Test func labelsThatDoNotExcludeOneAnotherHaveSigmoids() throws {
    let bench = try Self.bench("multi_label_classification")
    #expect(
      bench.text(
        "t | where { not close(it.probability, 1 / (1 + exp(-it.logit)), within: 1e-9) } | len")
        == "0")
    #expect(
      bench.text(
        "close(measure(p, prob(1)), 1 / (1 + exp(-measure(p, logit(1)))), within: 1e-9)") == "true")
    #expect(
      bench.text(
        """
        let q = t.probability | each { -(it * log(it) + (1 - it) * log(1 - it)) }
        close(measure(p, entropy), sum(q), within: 1e-9)
        """) == "true")
    // Halving every logit: the divergences of the labels' own distributions add up.
    #expect(
      bench.text(
        """
        fn divergence(p, q) { p * log(p / q) + (1 - p) * log((1 - p) / (1 - q)) }
        let halves = t | each { divergence(it.probability, 1 / (1 + exp(-it.logit / 2))) }
        close((with scale(logits, by: 0.5) { measure(p, kl) }), sum(halves), within: 1e-6)
        """) == "true")
    #expect(bench.text("measure(p, rank(t.id[0]))") == "1")
    #expect(bench.text("measure(p, rank(t.id[1]))") == "2")
  }

  @Test(arguments: ["multi_label_classification", "single_label_classification"])
  func gradientsAgreeWithDifferences(problem: String) throws {
    let bench = try Self.bench(problem)
    for metric in ["log_prob(1)", "entropy", "prob(0)"] {
      bench.run(
        """
        let g = gradient(p, embed, of: \(metric))
        let up = with scale(embed, by: 1.0005) { measure(p, \(metric)) }
        let down = with scale(embed, by: 0.9995) { measure(p, \(metric)) }
        let along = sum(((g * (capture p embed)) | flatten))
        """)
      #expect(
        bench.text("close(along, (up - down) / 0.001, within: 0.01 * (abs(along) + 0.01))")
          == "true", "\(metric): \(bench.text("[along, (up - down) / 0.001]"))")
    }
  }

  @Test func aRegressionHasValues() throws {
    let bench = try Self.bench("regression")
    #expect(bench.text("t | keys") == #"["label", "id", "value"]"#)
    #expect(bench.text("t.id") == "[0, 1]")
    #expect(bench.text("t.value == [measure(p, logit(0)), measure(p, logit(1))]") == "true")
    for refused in [
      "measure p (prob 0)", "measure p (log_prob 0)", "measure p entropy", "measure p kl",
      "measure p (rank 0)", "measure p loss", "explanation_check [p]",
      "gradient p embed of: entropy", "sweep p over: heads() do: zero measure: kl",
    ] {
      #expect(
        bench.text("try { \(refused); 0 } catch e { e.code }") == "no-probabilities", "\(refused)")
    }
  }

  @Test(.enabled(if: SharedData.isAvailable("cases/classifier-probabilities/expected.json")))
  func thePredictionsAreTheLibrarys() {
    let folder = SharedData.url("cases/classifier-probabilities").path
    let bench = Bench()
    bench.run(
      """
      let expected = read_json "\(folder)/expected.json"
      load "\(folder)/bert_multilabel"
      let many = predict (prompt ids: expected.ids) | sort "id"
      load "\(folder)/rob_regression"
      let one = predict (prompt ids: expected.ids)
      """)
    #expect(
      bench.text("many.probability | each { round(it, 5) }") == "[0.22002, 0.46017, 0.4316]")
    #expect(bench.text("round(one.value[0], 6)") == "0.015938")
  }
}
