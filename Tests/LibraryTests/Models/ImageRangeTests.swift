import Library
import TestSupport
import Testing

/// One picture in three ranges: the model's settings and the prompt decide, never the values.
@Suite(.enabled(if: SharedData.isAvailable("cases/image-range/expected.json")))
struct ImageRangeTests {
  private static func bench() -> Bench {
    let folder = SharedData.url("cases/image-range").path
    let bench = Bench()
    bench.run(
      """
      load "\(folder)/vit_half"
      let expected = read_json "\(folder)/expected.json"
      let raw = expected["logits for bright_raw and for bright_norm (the same image, already normalised)"]
      let whole = expected["logits for bright_255 (the same image as 0..255; do_rescale true, rescale_factor 1/255)"]
      let image255 = read_tensor "\(folder)/bright_255.npy"
      let imageRaw = read_tensor "\(folder)/bright_raw.npy"
      let imageNorm = read_tensor "\(folder)/bright_norm.npy"
      fn agrees(p, expected) {
        let found = (capture p logits) | flatten
        sum((zip(found, expected) | each { abs(it[0] - it[1]) })) < 0.00001
      }
      """)
    return bench
  }

  @Test func theSettingsDecideAndTheOptionsOverride() {
    let bench = Self.bench()
    #expect(bench.text("agrees((prompt image: image255), whole)") == "true")
    #expect(bench.text("agrees((prompt image: imageRaw rescale: false), raw)") == "true")
    #expect(
      bench.text("agrees((prompt image: imageNorm rescale: false normalize: false), raw)") == "true"
    )
    // Values from 0 to 1 are rescaled like any others.
    #expect(bench.text("agrees((prompt image: imageRaw), raw)") == "false")
  }

  @Test func whatWasDoneIsSaid() {
    let bench = Self.bench()
    bench.run("show (predict (prompt image: image255) top: 1)")
    #expect(bench.output.text.contains("the image's values: over 255, then less 0.5, over 0.5"))
    bench.run("show (prompt image: imageRaw rescale: false)")
    #expect(bench.output.text.contains("the image's values: less 0.5, over 0.5"))
    bench.run("show (tokens (prompt image: imageNorm rescale: false normalize: false))")
    #expect(bench.output.text.contains("the image's values: as they are"))
  }

  @Test func onlyImagesAreScaled() {
    #expect(
      Self.bench().text(#"try { prompt "a" rescale: true } catch e { e.code }"#)
        == "conflicting-arguments")
  }
}
