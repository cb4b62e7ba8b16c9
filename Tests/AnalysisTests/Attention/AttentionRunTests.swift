import Corpora
import Faults
import Foundation
import Statistics
import Tensors
import Testing
import Transformers

@testable import Analysis

/// The one way in which analyses see what heads look at.
@Suite struct AttentionRunTests {
  private func rows(_ texts: [String], _ model: Model) throws -> [AnnotatedRow] {
    try texts.map { try AnnotatedRow(AnnotatedText($0), for: model) }
  }

  @Test func rowsOfABatchAreWhatTheyAreAlone() throws {
    let model = try Model.randomTiny()
    let experiment = Experiment(model: model, runtime: try model.runtime(.double))
    let rows = try rows(["the cat", "a much longer sentence", "dog"], model)
    let heads = try HeadSelection(in: model.description)
    #expect(heads.count == 8 && heads.names[5] == "L1.H1" && heads.isCausal)
    var seen: [Int: [Matrix]] = [:]
    try experiment.attention(over: rows, heads: heads) { row in
      seen[row.index] = (0..<heads.count).map(row.pattern)
    }
    for (index, row) in rows.enumerated() {
      let capture = Capture(site: Site(.pattern, layer: 1))
      let alone = try experiment.run([row.row], captures: [capture]).captured[capture]?.doubles
      let size = row.row.count * row.row.count
      for head in 0..<4 {
        let batched = try #require(seen[index]?[4 + head])
        #expect(batched.rows == row.row.count)
        for (one, other) in zip(batched.elements, alone?[head * size..<(head + 1) * size] ?? []) {
          #expect(abs(one - other) < 1e-12)
        }
        #expect(batched.rowSums.allSatisfy { abs($0 - 1) < 1e-12 })
      }
    }
  }

  @Test func threeAttentionsOfTwoStacksAreToldApart() throws {
    let model = try TinyModels.mbart()
    #expect(try HeadSelection(in: model.description).names == ["enc.L0.H0", "enc.L0.H1"])
    let cross = try HeadSelection(
      [Address(parsing: "dec.L0.cross.H1")], in: model.description)
    #expect(cross.names == ["dec.L0.cross.H1"] && cross.isCross && !cross.isCausal)
    let own = try HeadSelection([Address(parsing: "dec.L0")], in: model.description)
    #expect(own.count == 2 && own.isCausal)
    #expect(throws: Fault.self) {
      try HeadSelection(
        [Address(parsing: "dec.L0"), Address(parsing: "enc.L0")], in: model.description)
    }
    #expect(throws: Fault.self) {
      try HeadSelection([Address(parsing: "enc.L0.mlp")], in: model.description)
    }
  }

  @Test func crossAttentionGoesFromTheTargetToTheSource() throws {
    let model = try TinyModels.mbart()
    let experiment = Experiment(model: model, runtime: try model.runtime(.double))
    var text = AnnotatedText("the cat sat", words: [])
    text.target = "dog sat"
    let rows = [try AnnotatedRow(text, for: model)]
    let heads = try HeadSelection([Address(parsing: "dec.L0.cross")], in: model.description)
    var shapes: [[Int]] = []
    try experiment.attention(over: rows, heads: heads) { row in
      shapes.append([
        row.queries.count, row.keys.count, row.pattern(1).rows, row.pattern(1).columns,
      ])
    }
    #expect(shapes == [[4, 5, 4, 5]])
  }

  @Test func aStopBetweenBatchesEndsTheRun() throws {
    let model = try Model.randomTiny()
    let experiment = Experiment(model: model, runtime: try model.runtime(.single))
    let rows = try rows(["a", "b", "c"], model)
    let heads = try HeadSelection(in: model.description)
    var count = 0
    #expect(throws: Fault.self) {
      try experiment.attention(
        over: rows, heads: heads, memory: 1,
        progress: { done throws(Fault) in if done == 2 { throw .interrupted } }
      ) { _ in count += 1 }
    }
    #expect(count == 2)
  }

  @Test func weightsThatAreNoNumbersAreSaid() throws {
    let model = try TinyModels.gpt2(zeroRow: 3, filledWith: .nan)
    let experiment = Experiment(model: model, runtime: try model.runtime(.single))
    let tokens = [3, 4].map { PromptToken(id: $0, text: "\($0)", origin: .text) }
    let heads = try HeadSelection(in: model.description)
    do {
      try experiment.attention(over: [AnnotatedRow(PromptRow(tokens))], heads: heads) { _ in }
      Issue.record("NaN passed")
    } catch {
      #expect(error.code == "not-finite" && error.message.contains("L0.H0"))
    }
  }

  @Test func droppedKeysLeaveRowsThatSumToOne() throws {
    let planted = try PlantedAttention(isCausal: true)
    let row = planted.row(
      tokens: ["<s>", "a", "b", "c"], special: [0],
      [{ _, key, _ in key == 0 ? 3 : 1 }])
    let frame = row.frame(.dropBoth)
    #expect(frame.queries == [1, 2, 3] && frame.keys == [1, 2, 3])
    #expect(frame.supports == [0..<1, 0..<2, 0..<3])
    let (view, dropped) = frame.view(of: row.pattern(0))
    let third = 1.0 / 3
    let expected: [Double] = [1, 0, 0, 0.5, 0.5, 0, third, third, third]
    for (one, other) in zip(view.elements, expected) { #expect(abs(one - other) < 1e-12) }
    let lost: [Double] = [0.75, 0.6, 0.5]
    for (one, other) in zip(dropped, lost) { #expect(abs(one - other) < 1e-12) }
    let first = row.frame(.dropKeys).view(of: row.pattern(0)).rows.row(0)
    #expect(first.allSatisfy { $0.isNaN })
  }

  @Test func attentionToAWordIsASumAndFromAWordAMean() throws {
    let planted = try PlantedAttention(isCausal: false)
    let text = AnnotatedText(
      "embed it", words: [AnnotatedWord("embed", at: 0..<5), AnnotatedWord("it", at: 6..<8)])
    let row = planted.row(
      tokens: ["[CLS]", "emb", "##ed", "it"], special: [0], text: text, words: [nil, 0, 0, 1],
      [{ query, key, _ in Double(query * 4 + key) }])
    // Each row holds four numbers that follow each other, over their sum.
    let toFirst: Double = (11.0 / 22 + 19.0 / 38) / 2
    let toSecond: Double = (7.0 / 22 + 11.0 / 38) / 2
    let words: [Double] = [toFirst, toSecond, 27.0 / 54, 15.0 / 54]
    let pattern = row.pattern(0)
    let merged = row.wordFrame.view(of: pattern)
    for (one, other) in zip(merged.elements, words) { #expect(abs(one - other) < 1e-12) }
    let greatest = pattern.merging(rows: [[1, 2]], columns: [[1, 2], [3]], by: .max)
    #expect(abs(greatest.rowSums[0] - 1) < 1e-12)
  }

  @Test func randomWeightsAreRepeatableAndDifferent() throws {
    let model = try TinyModels.bert()
    let logits = try [model.randomised(seed: 1), model.randomised(seed: 1), model].map {
      try Experiment(model: $0, runtime: try $0.runtime(.double))
        .logits([try Prompt("the cat").row(for: $0)])[0]
    }
    #expect(logits[0] == logits[1] && logits[0] != logits[2])
  }
}
