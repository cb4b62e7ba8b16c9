import Foundation
import Language
import Library
import TestSupport
import Testing

/// The main job on a trained checkpoint, line by line.
@Suite(.enabled(if: SharedData.isAvailable("models/stories260K")))
struct TrainedModelTests {
  private func bench(in place: URL = SharedData.projectRoot) -> Bench {
    let bench = Bench(folder: place)
    let folder = SharedData.url("models/stories260K").path
    bench.run(
      """
      load \(Value.quoted(folder))
      let p = prompt "Once upon a time, there was a little girl named Lily."
      """)
    return bench
  }

  @Test func greedyTextIsTheKnownOne() {
    let text = bench().text("(generate p tokens: 30 stream: false).text")
    #expect(
      text.hasPrefix(
        " She loved to play outside in the park. One day, she saw a big, red ball."))
  }

  @Test func streamedTextIsTheResultsText() {
    let bench = bench()
    let before = bench.output.text.count
    let text = bench.text("let r = generate p tokens: 8; r.text")
    #expect(bench.output.text.dropFirst(before).hasPrefix(text + "\n"))
  }

  @Test func likeliestTokenFollows() {
    let bench = bench()
    #expect(bench.text("(predict p top: 1)[0].token") == " She")
    #expect(bench.text(#"measure p (rank " She")"#) == "1")
    #expect(bench.text("tokens(p)[0].origin") == "template")
  }

  @Test func groupedKeysNameTheHeadsThatTheyReach() {
    let bench = bench()
    #expect(bench.text("(apply scale(L1.H2.k, by: 0.5)).reaches") == #"["query heads H2 H3"]"#)
    #expect(bench.text("capture p L1.H2.v").contains("L1.H2.v is KV1's, which H2 and H3 share"))
    #expect(bench.text("(capture p L1.KV1.v) == (capture p L1.H3.v)") == "true")
    #expect(bench.text("(capture p L*.H*.k).shape") == "[5, 16, 4, 8]")
  }

  @Test func sessionOfTheManualRuns() throws {
    let folder = try TemporaryFolder()
    let bench = bench(in: folder.url)
    for source in [
      "predict p top: 5", "attention p L2.H3", "ablate L2.H3 L0.H1", "predict p top: 5",
      "interventions", "restore 1", #"let m = logit_diff " She" " He""#,
      "sweep p over: heads() do: zero measure: m | heatmap | save \"heads.svg\"",
    ] {
      let outcome = bench.run(source)
      #expect(outcome.isSuccess, "\(source): \(outcome.errors.first?.headline ?? "")")
    }
    #expect(bench.workbench.promptStatus == "stories260K [1]")
    let saved = try String(contentsOf: folder.file("heads.svg"), encoding: .utf8)
    #expect(saved.contains("<svg"))
  }
}
