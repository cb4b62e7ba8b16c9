import Analysis
import Corpora
import Faults
import Statistics
import Tensors
import Testing
import Transformers

@Suite struct HeadRedundancyTests {
  private let heads = (0..<4).map { HeadPlace(layer: 0, head: $0) }

  @Test func copiesAreRedundantAndRightAnglesAreNot() {
    let copies = HeadRedundancy(
      heads, gram: Matrix(rows: 4, columns: 4, Array(repeating: 3, count: 16)))
    #expect(abs(copies.value - 0.75) < 1e-12)
    var apart = Matrix(identity: 4)
    for head in 0..<4 { apart[head, head] = Double(head + 1) }
    #expect(abs(HeadRedundancy(heads, gram: apart).value) < 1e-12)
  }

  @Test func headsThatWriteNothingAreLeftOut() {
    var gram = Matrix(identity: 4)
    gram[2, 2] = 0
    let found = HeadRedundancy(heads, gram: gram)
    #expect(found.silent == [heads[2]] && found.heads.count == 3)
    #expect(abs(found.value) < 1e-12)
    #expect(HeadRedundancy(heads, gram: Matrix(zeros: 4, 4)).value.isNaN)
  }

  private func rows(_ model: Model) throws -> [PromptRow] { try texts(model).map(\.row) }

  private func texts(_ model: Model) throws -> [AnnotatedRow] {
    try [[3, 14, 9, 2], [7, 1, 19], [5, 5, 6, 2, 11]].map {
      try AnnotatedRow(
        AnnotatedText(""), prompt: Prompt(.ids($0, types: nil, vocabularySize: 20)), for: model)
    }
  }

  @Test func aCopiedHeadIsFoundInOutputsAndMergesAtNoCost() throws {
    let model = try TinyModels.gpt2(edit: TinyModels.cloning(layer: 1, writing: true))
    let experiment = Experiment(model: model, runtime: try model.runtime(.double))
    let rows = try rows(model)
    let layer = HeadPlace(layer: 1, head: 0)
    let outputs = try experiment.headOutputs(texts(model), of: [layer], seed: 1)[0]
    let found = outputs.redundancy(seed: 1)
    #expect(abs(found.value.value - 0.5) < 1e-12)
    #expect(found.interval.low.isNaN, "texts that agree have no interval")
    #expect(found.null < 0.5)
    #expect(abs((found.value.nearestPair?.cosine ?? 0) - 1) < 1e-12)
    let tasks = try model.predictionTasks(rows)
    let baseline = try experiment.losses(tasks)
    let merging = try experiment.merging(
      HeadPlace(layer: 1, head: 1), into: layer, tasks, baseline: baseline)
    #expect(merging.changes.allSatisfy { abs($0) < 1e-12 })
    let without = try experiment.losses(without: layer, tasks).minus(baseline)
    #expect(without.contains { abs($0) > 1e-6 })
  }

  @Test func headsThatShareTheirPatternAreOneHeadWithBothOutputs() throws {
    // A·X·W_V·Σ W_O: queries, keys and values shared, outputs not.
    let model = try TinyModels.gpt2(edit: TinyModels.cloning(layer: 0, writing: false))
    let experiment = Experiment(model: model, runtime: try model.runtime(.double))
    let rows = try rows(model)
    let tasks = try model.predictionTasks(rows)
    let baseline = try experiment.losses(tasks)
    let merging = try experiment.merging(
      HeadPlace(layer: 0, head: 1), into: HeadPlace(layer: 0, head: 0), tasks,
      baseline: baseline)
    #expect(merging.changes.allSatisfy { abs($0) < 1e-12 })
    let outputs = try experiment.headOutputs(
      texts(model), of: [HeadPlace(layer: 0, head: 0)], seed: 1)[0]
    #expect(outputs.redundancy(seed: 1).value.value < 0.4)
  }

  @Test func mergingHeadsOfDifferentLayersIsRefused() throws {
    let fixture = try Fixture("gpt2")
    let experiment = try fixture.experiment(.single)
    let tasks = try fixture.model.predictionTasks([try fixture.row()])
    let baseline = try experiment.losses(tasks)
    #expect(throws: Fault.self) {
      try experiment.merging(
        HeadPlace(layer: 0, head: 1), into: HeadPlace(layer: 1, head: 1), tasks,
        baseline: baseline)
    }
  }

  @Test func lossesDoNotDependOnTheBatch() throws {
    let model = try TinyModels.gpt2()
    let experiment = Experiment(model: model, runtime: try model.runtime(.double))
    let rows = try rows(model)
    let together = try experiment.losses(try model.predictionTasks(rows))
    for (index, row) in rows.enumerated() {
      let alone = try experiment.losses(try model.predictionTasks([row]))
      #expect(abs(alone.sums[0] - together.sums[index]) < 1e-12)
      let measured = try experiment.measure(Metric(.loss), on: [row])
      #expect(abs(alone.mean - (measured.first ?? .nan)) < 1e-12)
    }
    #expect(together.counts == [3, 2, 4])
  }

  @Test func aMaskedModelIsAskedForMaskedTokens() throws {
    let model = try TinyModels.bert()
    let row = try Prompt("the cat sat").row(for: model)
    let task = try model.predictionTasks([row], seed: 3)[0]
    #expect(task.positions.count == 1 && task.targets.count == 1)
    #expect(task.row.tokens[task.positions[0]].origin == .mask)
    #expect(row.ids[task.positions[0]] == task.targets[0])
    let experiment = Experiment(model: model, runtime: try model.runtime(.double))
    #expect(try experiment.losses([task]).mean > 0)
  }

  @Test func aTranslatorNeedsTranslations() throws {
    let model = try TinyModels.mbart()
    let bare = try Prompt("the cat").row(for: model)
    let whole = try Prompt("the cat", target: .text("the dogs")).row(for: model)
    #expect(try model.predictionTasks([whole])[0].targets.count == whole.count - 1)
    #expect(bare.count > 1 || (try? model.predictionTasks([bare])) == nil)
  }
}
