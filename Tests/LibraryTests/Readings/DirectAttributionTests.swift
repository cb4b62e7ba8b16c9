import Language
import Testing

/// A logit as the sum of what was written towards it.
@Suite("Direct attribution")
struct DirectAttributionTests {
  private static let models = ["tiny-lm", "random-tiny"]

  @Test("sums to the logit, and to the difference of two", arguments: models)
  func sums(_ model: String) throws {
    let bench = Bench()
    let source = """
      load "\(model)"
      let p = prompt "the cat"
      let a = direct_attribution p of: (logit 40)
      let b = direct_attribution p of: (logit_diff 40 41 at: @0) by: "source"
      let c = direct_attribution p of: (logit 40) by: "layer";
      [close(sum(a.value), measure(p, logit(40)), within: 1e-4),
        close(sum(b.value), measure(p, logit_diff(40, 41, at: @0)), within: 1e-4),
        close(sum(c.value), sum(a.value), within: 1e-6)]
      """
    #expect(bench.text(source) == "[true, true, true]")
  }

  /// The last stream taken apart with transformers 5.24 in float64.
  @Test(
    "is what the reference computes",
    arguments: [
      ("\"token\"", 0.0336643365958267), ("\"position\"", 0.0384960871371968),
      ("L0.mlp", 0.611895055567968), ("L2.H1", 0.06578636362732214),
      ("L3.H0", -0.0071506736609231875), ("L3.mlp", 2.4979496744376837),
    ])
  func reference(_ part: String, _ value: Double) throws {
    let source = """
      load "tiny-lm"
      let t = direct_attribution "the cat sees the dog" of: (logit 283)
      close((t | where { it.part == \(part) }).value[0], \(value), within: 1e-5)
      """
    #expect(Bench().text(source) == "true")
  }

  /// The same number by another way: the gradient through a held norm, times what the part wrote less
  /// its mean.
  @Test("gives each part what the gradient through the held norm gives it")
  func gradient() throws {
    let bench = Bench()
    let source = """
      load "random-tiny"
      let p = prompt "the cat"
      let m = logit 40
      let t = direct_attribution p of: m
      let u = with freeze(final) { gradient(p, L1.resid.post@-1, of: m) }
      fn by_hand(part) { sum(part * u) - mean(part) * sum(u) }
      fn told(part) { (t | where { it.part == part }).value[0] }
      [close(by_hand((capture p L1.H2@-1)), told(L1.H2), within: 1e-5),
        close(by_hand((capture p L0.H1@-1)), told(L0.H1), within: 1e-5),
        close(by_hand((capture p L1.mlp@-1)), told(L1.mlp), within: 1e-5),
        close(by_hand((capture p embed@-1)), told("token"), within: 1e-5)]
      """
    #expect(bench.text(source) == "[true, true, true, true]")
  }

  @Test("tells what a head takes from each token")
  func sources() throws {
    let bench = Bench()
    let source = """
      load "random-tiny"
      let p = prompt "the cat"
      let whole = direct_attribution p of: (logit 40)
      let parts = direct_attribution p of: (logit 40) by: "source"
      let head = whole | where { it.part == L1.H2 }
      let own = parts | where { it.part == L1.H2 }
      [len(own), close(sum(own.value), head.value[0], within: 1e-5)]
      """
    #expect(bench.text(source) == "[7, true]")
  }

  @Test("stays exact under interventions")
  func changed() throws {
    let bench = Bench()
    let source = """
      load "random-tiny"
      let p = prompt "the cat"
      with zero(L0.H1), scale(L1.mlp, by: 3) {
        let t = direct_attribution p of: (logit 40) by: "source"
        close(sum(t.value), measure(p, logit(40)), within: 1e-4)
      }
      """
    #expect(bench.text(source) == "true")
  }

  @Test("is refused where logits are no such sum")
  func refused() throws {
    let bench = Bench()
    #expect(
      bench.text(
        #"load "tiny-mlm"; direct_attribution (mask (prompt "the cat") @1) of: (logit 40 at: @1)"#
      ).hasPrefix("not-linear"))
  }
}
