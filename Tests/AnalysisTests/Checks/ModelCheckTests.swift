import Analysis
import Testing
import Transformers

@Suite struct ModelCheckTests {
  @Test(arguments: Fixture.names, Precision.allCases)
  func aSoundModelPasses(name: String, precision: Precision) throws {
    let model = try Fixture(name).model
    var steps: [Int] = []
    let results = try ModelCheck(model, precision).run { done, total in
      steps.append(done)
      #expect(done <= total)
    }
    #expect(steps == Array(1...steps.count))
    for result in results { #expect(result.isOK, "\(result)") }
    #expect(results.count == (name == "bert" ? 8 : 9))
  }

  @Test(arguments: Fixture.names)
  func referenceOutputsAreCompared(name: String) throws {
    let fixture = try Fixture(name)
    let row = try fixture.row()
    let other = try fixture.row(Fixture.second)
    let rows = [
      try #require(try fixture.numbers("logits")),
      try fixture.experiment(.double).run([other], output: .all).logitRows.flatMap { $0 },
    ]
    let pattern = try #require(try fixture.numbers("site.pattern.1"))
    let otherPattern = Capture(site: Site(.pattern, layer: 1))
    let captured = try fixture.experiment(.double).run([other], captures: [otherPattern])
    let reference = ReferenceOutputs(
      batch: Batch([row, other]),
      outputs: [
        .init(.logits, name: "logits", rows: rows),
        .init(
          .pattern(1, .decoder), name: "attn_01",
          rows: [pattern, try #require(captured.captured[otherPattern]).doubles]),
      ])
    let results = try ModelCheck(fixture.model, .single, reference: reference).run { _, _ in }
    #expect(results.dropFirst().prefix(2).map(\.name) == ["reference logits", "reference attn_01"])
    for result in results { #expect(result.isOK, "\(result)") }

    var wrong = reference
    wrong.outputs[1].rows[1][7] += 2e-4
    let failed = try ModelCheck(fixture.model, .single, reference: wrong).run { _, _ in }
    #expect(failed.filter { !$0.isOK }.map(\.name) == ["reference attn_01"])
    wrong.outputs[1].rows[1].removeLast()
    let short = try ModelCheck(fixture.model, .single, reference: wrong).run { _, _ in }
    #expect(short.first { !$0.isOK }?.measured == .infinity)
  }

  @Test func namesInReferenceFiles() {
    #expect(ReferenceOutputs.Kind(name: "logits") == .logits)
    #expect(ReferenceOutputs.Kind(name: "hidden_03") == .hidden(3, .decoder))
    #expect(ReferenceOutputs.Kind(name: "attn_00") == .pattern(0, .decoder))
    #expect(ReferenceOutputs.Kind(name: "enc_hidden_00") == .hidden(0, .encoder))
    #expect(ReferenceOutputs.Kind(name: "cross_attn_01") == .crossPattern(1))
    for name in ["hidden", "hidden_x", "enc_logits", "module.h", "input_ids", "attn_-1"] {
      #expect(ReferenceOutputs.Kind(name: name) == nil)
    }
  }

  @Test func aModelThatGivesNaNFails() throws {
    let model = try TinyModels.gpt2(zeroRow: 3, filledWith: .nan)
    let results = try ModelCheck(model, .single).run { _, _ in }
    #expect(results.first { $0.name == "no output is NaN" }?.isOK == false)
  }
}
