import Checkpoints
import Foundation
import Language
import TestSupport
import Tensors
import Testing

@Suite struct ReadingCommandTests {
  static let families = ["gpt2", "llama_gqa", "bert"]

  @Test(
    .enabled(
      if: SharedData.isAvailable("reference/gpt2/reference.safetensors"),
      "reference checkpoints are not there"), arguments: families)
  func theReferenceBesideACheckpointIsCompared(family: String) throws {
    let bench = Bench()
    let folder = SharedData.url("reference/\(family)").path
    bench.run("load \"\(folder)\"")
    guard case .table(let table)? = bench.value("check()") else {
      Issue.record("check gave no table: \(bench.text("check()"))")
      return
    }
    let names = table["check"]?.values.map(\.plainText) ?? []
    for name in ["logits", "hidden_00", "hidden_03", "attn_02"] {
      #expect(names.contains("reference \(name)"))
    }
    for row in table.rows { #expect(row["ok"] == .bool(true), "\(Value.record(row).text)") }
  }

  @Test func aReferenceThatDoesNotFitIsRefused() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("sonde-reference-\(UUID().uuidString)")
    let fixture = SharedData.projectRoot.appendingPathComponent("Tests/Fixtures/Interventions/gpt2")
    try FileManager.default.copyItem(at: fixture, to: folder)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("reference.safetensors")
    for contents in [Data(), Data("no tensors at all".utf8)] {
      try contents.write(to: file)
      let text = Bench().text("load \"\(folder.path)\"\ncheck()")
      #expect(text.hasPrefix("bad-reference: "), "\(text)")
    }
  }

  @Test func theLensTellsWhereThePredictionSettles() {
    let bench = Bench()
    let text = bench.text(#"load "random-tiny"; logit_lens (prompt "the cat") top: 2"#)
    #expect(text.contains("the model's answer is"))
    #expect(text.contains("L1.resid.post"))
  }

  @Test func theLensSaysWhatIsActive() {
    let text = Bench().text(
      #"load "random-tiny"; ablate L0.H1; logit_lens (batch ["the cat", "a"])"#)
    #expect(text.contains("under 1 intervention"))
    #expect(text.contains("row 1"))
  }

  @Test func theWalkSaysWhenAnInterventionBreaksIt() {
    let bench = Bench()
    bench.run(#"load "random-tiny"; let p = prompt "the cat""#)
    #expect(bench.text("walk p L1.H2").contains("every step follows"))
    let text = bench.text("with zero(L1.H2.pattern) { walk p L1.H2 }")
    #expect(text.contains("a step does not follow"))
  }
}
