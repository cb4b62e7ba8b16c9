import Foundation
import Language
import Library
import TestSupport
import Testing

/// Commands on a model that reads images.
@Suite struct ImageTests {
  private static func bench() -> Bench {
    let bench = Bench()
    let folder = SharedData.projectRoot.appendingPathComponent("Tests/Fixtures/Stacks/vit-oblong")
      .path
    bench.run(
      """
      load "\(folder)"
      let images = read_tensor "\(folder)/reference.safetensors" name: "pixel_values"
      let p = prompt image: images[0]
      let q = prompt image: images[1]
      """)
    return bench
  }

  @Test func patchesAreTokens() {
    let bench = Self.bench()
    #expect(bench.text("p.tokens") == #"["[CLS]", "0,0", "0,1", "0,2", "1,0", "1,1", "1,2"]"#)
    #expect(
      bench.text("(tokens p).origin | first 2") == #"["template", "patch"]"#)
    #expect(bench.text("(capture p L*.H*.pattern).shape") == "[2, 2, 7, 7]")
    #expect(
      bench.text(#"(capture p L0.H1.z@"1,2") == (capture p L0.H1.z@6)"#) == "true")
  }

  @Test func predictionsAreTheReferences() {
    let bench = Self.bench()
    #expect(bench.text(#"(predict p).label | sort"#) == #"["circle", "cross", "square"]"#)
    #expect(bench.text("(capture (batch [p, q]) logits).shape") == "[2, 3]")
    #expect(bench.text("check() | where { not it.ok } | len") == "0")
  }

  @Test func interventionsAndSweepsWork() {
    let bench = Self.bench()
    #expect(
      bench.text(#"sweep p over: heads() do: zero measure: (prob "circle") | len"#) == "4")
    #expect(bench.text("sweep p over: embed@* do: zero measure: kl | len") == "7")
    let patched = bench.text(#"with patch(L0.resid.pre, from: q) { measure(p, logit("square")) }"#)
    #expect(patched == bench.text(#"measure(q, logit("square"))"#))
    #expect(bench.text("try { walk p L1.H0; 1 } catch e { e.code }") == "1")
  }

  @Test func valuesAreScaledAsTheFolderSays() throws {
    let bench = Self.bench()
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("sonde-image-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.copyItem(
      at: SharedData.projectRoot.appendingPathComponent("Tests/Fixtures/Stacks/vit-oblong"),
      to: folder)
    try #"{"do_normalize": true, "image_mean": [0.5, 0.25], "image_std": [0.5, 2]}"#.write(
      to: folder.appendingPathComponent("preprocessor_config.json"), atomically: true,
      encoding: .utf8)
    bench.run(
      """
      let zero = images[0][0] * 0
      let plain = tensor([zero + 0.25, zero + 0.25])
      let scaled = tensor([zero - 0.5, zero])
      let expected = measure(prompt(image: scaled), logit(0))
      load "\(folder.path)"
      """)
    #expect(
      bench.text(
        "abs(measure(prompt(image: plain, rescale: false), logit(0)) - expected) < 0.000001")
        == "true")
    #expect(
      bench.text("abs(measure(prompt(image: plain * 255), logit(0)) - expected) < 0.00001")
        == "true")
  }

  @Test(arguments: [
    ("predict (mask p @3)", "wrong-image"), (#"predict "the cat""#, "wrong-image"),
    ("predict (prompt image: (tensor [[[1]]]))", "wrong-image"),
    ("prompt image: [1, 2]", "shape-mismatch"), ("generate p", "cannot-generate"),
    ("logit_lens p", "no-vocabulary"), ("neighbors 3", "no-vocabulary"),
    (#"load "random-tiny"; predict p"#, "wrong-image"),
    (#"prompt "a" image: images[0]"#, "conflicting-arguments"),
  ])
  func whatHasNoMeaningIsRefused(source: String, code: String) {
    let bench = Self.bench()
    #expect(bench.text("try { \(source) } catch e { e.code }") == code)
  }
}
