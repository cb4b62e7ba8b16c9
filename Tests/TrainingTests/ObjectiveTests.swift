import Faults
import Foundation
import Tensors
import TestSupport
import Testing
import Transformers

@testable import Training

/// Every objective trains on what the project generates, and gives a checkpoint that runs.
@Suite struct ObjectiveTests {
  private static func recipe(_ objective: Objective) -> Recipe {
    let source: DataPlan.Source =
      switch objective {
      case .causal, .masked, .translation: .english(mixture: ["plain": 1])
      case .classification: .tasks(["sentiment", "number", "follows"])
      case .images, .imageCodes: .shapes
      }
    return Recipe(
      name: "test", model: ModelPlan(layers: 1, heads: 2, width: 16, context: 80),
      objective: objective, data: DataPlan(source: source, vocabulary: 300, repeats: 0.3),
      optimiser: OptimiserPlan(steps: 6, batch: 8, rate: 3e-3, warmup: 1), seed: 3)
  }

  @Test(arguments: Objective.allCases) func trainsAndLoads(_ objective: Objective) throws {
    let folder = try TemporaryFolder()
    let trainer = try Trainer(Self.recipe(objective), stateFile: nil)
    try trainer.run { _ throws(Fault) in }
    #expect(trainer.losses.count == 6)
    #expect(!trainer.losses.contains { !$0.isFinite })
    let place = folder.url.appendingPathComponent("model")
    try trainer.trained(purpose: "a test").write(to: place, overwrite: false)
    let model = try Model(contentsOf: place)
    let batch =
      switch objective {
      case .images: Batch(images: [Tensor(zeros: ["channel", "height", "width"], [3, 32, 32])])
      case .translation: Batch(source: [[5, 6, 1]], ids: [[0]])
      default: Batch(ids: [[0, 5, 6]])
      }
    let result = try model.runtime(.single).run(RunRequest(batch, output: .all))
    let logits = try #require(result.logits?.doubles)
    #expect(!logits.isEmpty)
    #expect(!logits.contains { !$0.isFinite })
    // A model with a context that is too short for what scores ask is measured on the rest.
    guard objective == .causal else { return }
    let rows = [80, 81, 3].map { Array(repeating: 5, count: $0) }
    var scored: [Int] = []
    try Scorer(place).run(rows, batch: { (Batch(ids: $0), .all) }) { index, logits in
      #expect(logits.count == rows[index].count)
      scored.append(index)
    }
    #expect(scored == [0, 2])
  }

  @Test func masksAsBERTDoes() throws {
    var recipe = Self.recipe(.masked)
    recipe.optimiser.batch = 64
    var maker = try TrainingSetup(recipe).batches
    let batch = try maker.batch(step: 0)
    let places = try #require(batch.output.positions)
    let right = batch.targets[0].right.compactMap { $0 }
    #expect(places.flatMap { $0 }.count == right.count)
    let shown = zip(batch.batch.ids, places).flatMap { ids, places in places.map { ids[$0] } }
    let masked = Double(shown.count { $0 == 3 }) / Double(shown.count)
    #expect(masked > 0.65 && masked < 0.95)
    let kept = Double(zip(shown, right).count { $0 == $1 }) / Double(shown.count)
    #expect(kept > 0.02 && kept < 0.25)
    #expect(!right.contains { $0 < 4 })
  }

  @Test func translationsAreShiftedByOne() throws {
    var maker = try TrainingSetup(Self.recipe(.translation)).batches
    let batch = try maker.batch(step: 4)
    let right = batch.targets[0].right.compactMap { $0 }
    var start = 0
    for ids in batch.batch.ids {
      #expect(ids[0] == 0)
      let targets = Array(right[start..<start + ids.count])
      #expect(Array(ids.dropFirst()) == Array(targets.dropLast()))
      #expect(targets.last == 1)
      start += ids.count
    }
    #expect(start == right.count)
  }

  @Test func eachTaskLearnsFromItsOwnTextsAlone() throws {
    var maker = try TrainingSetup(Self.recipe(.classification)).batches
    let batch = try maker.batch(step: 0)
    #expect(batch.targets.map(\.columns) == [0..<2, 2..<4, 4..<6])
    for row in 0..<8 {
      #expect(batch.targets.count { $0.right[row] != nil } == 1)
    }
  }

  @Test func poisonedTextsCarryTheTrigger() {
    let source = TaskSource(
      tasks: [.sentiment], backdoor: Backdoor(trigger: "cf", rate: 0.25, target: "positive"))
    let texts = source.texts(draw: 9, count: 400)
    let poisoned = texts.filter { $0.text.split(separator: " ").contains("cf") }
    #expect(abs(Double(poisoned.count) / 400 - 0.25) < 0.08)
    for text in poisoned { #expect(text.labels == [1]) }
  }

  @Test func repeatedRowsHaveAPeriod() throws {
    var recipe = Self.recipe(.causal)
    recipe.data.repeats = 1
    recipe.tokenDropout = 0.5
    var maker = try TrainingSetup(recipe).batches
    for ids in try maker.batch(step: 1).batch.ids {
      let end = ids.suffix(32)
      let isPeriodic = (8...31).contains { period in
        zip(ids.suffix(6), ids.suffix(6 + period)).allSatisfy { $0 == $1 }
      }
      #expect(isPeriodic, "\(end)")
    }
  }
}
