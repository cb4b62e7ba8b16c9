import Language
import TestSupport
import Testing

/// The gradient command beside the capture that it is labelled like.
@Suite struct GradientCommandTests {
  private func bench(_ setup: String = "") -> Bench {
    let bench = Bench()
    bench.run(#"load "random-tiny"; let p = prompt "the cat"; "# + setup)
    return bench
  }

  private func tensor(_ bench: Bench, _ source: String) -> TensorValue? {
    guard case .tensor(let tensor)? = bench.value(source) else { return nil }
    return tensor
  }

  @Test(arguments: [
    "embed", "L*.resid.post@-1", "L1.H*.pattern", "L0.H2.scores", "L1.H3", "L0.KV1.k",
    "L1.mlp.post", "L0.N7", "logits@-1", "final", "[L0.mlp, L1.mlp]",
  ])
  func axesAreThoseOfCapture(address: String) throws {
    let bench = bench(#"let b = batch ["the cat", "a"]"#)
    for prompt in ["p", "b"] {
      // A text of several tokens makes the runs longer than the prompts.
      for metric in ["entropy", #"(prob "sat")"#] {
        let gradient = try #require(
          tensor(bench, "gradient \(prompt) \(address) of: \(metric)"), "\(prompt), \(metric)")
        let capture = try #require(tensor(bench, "capture \(prompt) \(address)"))
        #expect(gradient.axes == capture.axes)
      }
    }
  }

  @Test func whatIsInForceIsSaid() throws {
    let bench = bench("apply scale(L0.H1, by: 2)")
    let gradient = try #require(tensor(bench, "gradient p L1.mlp of: entropy"))
    #expect(gradient.notes.contains { $0.hasPrefix("under 1 intervention") })
    #expect(bench.text("receipts() | len") == "1")
  }

  @Test func aValueBehindWhatIsReadHasNoGradient() throws {
    let gradient = try #require(
      tensor(bench(), #"gradient p L1.mlp of: (logit "s" at: @2)"#)
    ).doubles
    let width = gradient.count / 7
    #expect(gradient[..<(2 * width)].allSatisfy { $0 == 0 })
    #expect(gradient[(2 * width)..<(3 * width)].contains { $0 != 0 })
    #expect(gradient[(3 * width)...].allSatisfy { $0 == 0 })
  }

  @Test func wrongNamesAreExplained() {
    let bench = bench()
    #expect(bench.text(#"gradient p "ln_9.weight" of: loss"#).hasPrefix("unknown-parameter"))
    #expect(bench.text(#"gradient p "weight" of: loss"#).contains("several parameters"))
    #expect(bench.text(#"gradient p L0.mlp of: [loss, entropy]"#).contains("one metric"))
    #expect(bench.text(#"gradient p L0 of: loss"#).hasPrefix("wrong-address"))
    #expect(
      tensor(bench, #"gradient p "h.1.ln_2.bias" of: loss"#)?.axes.map(\.name) == ["width"])
  }
}
