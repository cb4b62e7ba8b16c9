import Language
import TestSupport
import Testing

/// Embeddings, positions and mixing of streams, as commands on models of every build.
@Suite struct EmbeddingCommandTests {
  private static func fixture(_ path: String) -> String {
    SharedData.projectRoot.appendingPathComponent("Tests/Fixtures/\(path)").path
  }

  /// A bench with an image model, and an image `p`.
  private static func images() -> Bench {
    let bench = Bench()
    let folder = fixture("Stacks/vit-oblong")
    bench.run(
      """
      load "\(folder)"
      let images = read_tensor "\(folder)/reference.safetensors" name: "pixel_values"
      let p = prompt image: images[0]
      """)
    return bench
  }

  @Test func patchesHaveAnOrderAndMixLikeTokens() {
    let bench = Self.images()
    #expect(bench.text("(equivariance p orders: 2).equivariant") == "[false, true]")
    #expect(bench.text("(mixing_ratio p).at") == "[L0.attn, L1.attn]")
    #expect(bench.text("(attention_norms p L1.H1).shape") == "[7, 7]")
    #expect(bench.text("stream_mixing p tokens: \"all\" jacobian_texts: 1 | len") == "4")
    #expect(bench.text("position_encoding(count: 7).offset | len") == "7")
    #expect(bench.text(#"cosine ["a", "b"]"#).hasPrefix("no-vocabulary"))
  }

  @Test func aModelWithTwoStacksIsMeasuredInBoth() {
    let bench = Bench()
    bench.run(#"load "tiny-mt"; let p = prompt "the cat sees the dog." target_ids: [5, 6, 7]"#)
    #expect(
      bench.text("(mixing_ratio p).at | first 3")
        == "[enc.L0.attn, enc.L1.attn, enc.L2.attn]")
    let rows = bench.text(#"(equivariance p orders: 1).side | unique"#)
    #expect(rows == #"["encoder", "decoder, source moved", "decoder"]"#)
    #expect(bench.text("(attention_norms p dec.L0.cross.H1).axes") == #"["query", "key"]"#)
    #expect(bench.text(#"gradient_reach p side: "dec" distances: 2 targets: 3 | len"#) == "2")
  }

  @Test func sidesBelongToModelsWithTwoStacks() {
    let bench = Bench()
    bench.run(#"load "random-tiny""#)
    for command in ["position_encoding", "gradient_reach \"the cat\""] {
      #expect(bench.text("\(command) side: \"enc\"").hasPrefix("bad-argument"))
    }
  }

  @Test func whatIsActiveIsSaidAndShows() {
    let bench = Bench()
    bench.run(#"load "random-tiny"; ablate L0.H1"#)
    let text = bench.text(#"mixing_ratio "the cat""#)
    #expect(text.contains("under 1 intervention"))
    // The ablated head's summands are no longer what attention wrote.
    #expect(!text.contains("at most 0 "))
  }

  @Test func sensesMayStandInAColumn() {
    let bench = Bench()
    let found = bench.value(
      #"""
      load "random-tiny"
      let rows = [
        {text: "a bank.", sense: "river"}, {text: "the bank.", sense: "river"},
        {text: "one bank.", sense: "money"}, {text: "my bank.", sense: "money"}
      ]
      (contextualization (corpus rows) word: "bank").at | len
      """#)
    #expect(found?.text == "3")
  }

  @Test func oneTextHasNoInterval() {
    let bench = Bench()
    bench.run(#"load "random-tiny""#)
    #expect(bench.text(#"(mixing_ratio "the cat").low | unique"#) == "[null]")
    #expect(
      bench.text(#"(stream_mixing "the cat" method: "norm").high | unique"#) == "[null]")
  }

  @Test func aSeedRepeatsEverything() {
    let bench = Bench()
    bench.run(#"load "random-tiny"; let c = ["the cat", "a dog sat"]"#)
    for command in [
      "mixing_ratio c seed: 3", "gradient_reach c distances: 2 targets: 2 seed: 3",
      "attention_norms c seed: 3", "cosine [\"a\", \"b\"] seed: 3",
      "stream_mixing c seed: 3 jacobian_texts: 1",
    ] {
      #expect(bench.text(command) == bench.text(command))
    }
  }
}
