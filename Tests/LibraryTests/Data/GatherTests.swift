import Foundation
import TestSupport
import Testing

@testable import Library

@Suite("Gathered activations") struct GatherTests {
  static let gathered =
    #"load "random-tiny"; let a = gather ["the cat", "a dog"] at: [L*.resid.post, L0.H*.z]; "#

  @Test(
    arguments: [
      ("a.count", "12"), ("len a", "12"), ("a.sites | len", "6"),
      ("a[L0.H2.z].shape", "[12, 8]"), ("a[L*.resid.post].sites | len", "2"),
      ("a[L0.H{1,3}.z].sites", "[L0.H1.z, L0.H3.z]"),
      ("a[L1.mlp]", "unknown-address: L1.mlp was not gathered"),
      ("a[0].token", "t"), ("a[-1].token", "g"), ("a[0].word", "the"),
      ("a[12]", "index-out-of-range: there is no element 12 in the activations"),
      (#"(a | where { it.word == "cat" }).tokens.token"#, #"["c", "a", "t"]"#),
      (#"(a | where { it.word == "cat" })[L0.resid.post].shape"#, "[3, 32]"),
      ("(a | sample 4 seed: 1).count", "4"),
      ("gather [] at: L0.mlp", "empty-corpus: there are no texts to work on"),
      (#"gather "a" at: []"#, "missing-argument: gather needs an address"),
      (#"gather "a" at: L0.mlp tokens: 0"#, "out-of-range: `tokens` must be 1 or more, not 0"),
      (#"gather "a" at: L0.mlp budget: 0"#, "out-of-range: `budget` must be above 0, not 0"),
      (#"(gather (mask (prompt "cat") @1) at: L0.mlp).tokens.masked"#, "[null, 97, null]"),
    ]) func lines(code: String, result: String)
  {
    let found = Bench().text(Self.gathered + code)
    #expect(found == result, "\(code)")
  }

  @Test func whatIsSavedComesBack() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let bench = Bench(folder: folder)
    bench.run(
      #"load "random-tiny"; let c = corpus "english" count: 4 seed: 1; "#
        + #"let a = gather c at: L*.resid.post tokens: 50; save a "a.safetensors"; "#
        + #"save a[L0.resid.post] "a.npy""#)
    #expect(bench.text(#"(load_activations "a.safetensors") == a"#) == "true")
    #expect(bench.text(#"(read_tensor "a.npy").shape"#) == "[50, 32]")
    #expect(
      bench.text(#"load_activations "a.npy""#).hasPrefix("no-activations: ")
        || bench.text(#"load_activations "a.npy""#).hasPrefix("cannot-read: "))
    #expect(bench.text(#"load_activations "b.safetensors""#).hasPrefix("cannot-read: "))
  }

  @Test func aBudgetSaysHowToGoOn() {
    let bench = Bench()
    let outcome = bench.run(#"load "random-tiny"; gather "the cat" at: L0.mlp budget: 1e-5"#)
    let error = outcome.errors.first
    #expect(error?.code == "over-budget")
    #expect(error?.headline.contains("the budget is 10 kB") == true)
    #expect(error?.help?.hasPrefix("allow more with   budget: 1.3e-5, or write them") == true)
  }

  @Test func vectorsGoStraightIntoAFile() throws {
    let folder = try TemporaryFolder()
    let bench = Bench(folder: folder.url)
    let setup =
      #"load "random-tiny"; let c = corpus "english" count: 30 seed: 1; "#
      + #"let a = gather c at: L*.resid.post tokens: 90 seed: 3; "#
    let same = bench.text(
      setup + #"let b = gather c at: L*.resid.post tokens: 90 seed: 3 to: "b.safetensors"; "#
        + #"(a == b) and (a == load_activations("b.safetensors"))"#)
    #expect(same.hasSuffix("true"))
    let cases = [
      (#"to: "b.safetensors""#, "file-exists: `b.safetensors` is there already"),
      (#"to: "b.npy""#, "unknown-format: vectors go to a file that ends in .safetensors"),
      (#"to: "no/b.safetensors""#, "cannot-write: cannot write `no/b.safetensors`"),
    ]
    for (option, expected) in cases {
      #expect(
        bench.text(#"load "random-tiny"; gather "a" at: L0.mlp "# + option).hasPrefix(expected))
    }
    let again =
      #"load "random-tiny"; gather "cat" at: L0.mlp to: "b.safetensors" overwrite: true; "#
      + #"load_activations("b.safetensors") | len"#
    #expect(bench.text(again).hasSuffix("3"))
  }
}
