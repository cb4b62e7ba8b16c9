import Faults
import Foundation
import Tensors
import TestSupport
import Testing
import Transformers

@testable import Training

@Suite struct TrainerTests {
  private let folder: TemporaryFolder
  private let text: URL

  init() throws {
    folder = try TemporaryFolder()
    text = folder.url.appendingPathComponent("text.txt")
    let animals = ["cat", "dog", "owl", "hen"]
    let verbs = ["sees", "likes"]
    let places = ["river", "tree", "house", "garden"]
    var lines: [String] = []
    for animal in animals {
      for verb in verbs {
        for place in places { lines.append("the \(animal) \(verb) the \(place).") }
      }
    }
    try lines.joined(separator: "\n").write(to: text, atomically: true, encoding: .utf8)
  }

  private func recipe(_ objective: Objective = .causal, seed: UInt64 = 1, rate: Double = 3e-3)
    -> Recipe
  {
    Recipe(
      name: "test", model: ModelPlan(layers: 2, heads: 2, width: 16, context: 24),
      objective: objective,
      data: DataPlan(
        source: .file(path: text.path), vocabulary: 300, repeats: 0.1),
      optimiser: OptimiserPlan(steps: 8, batch: 4, rate: rate, warmup: 2), seed: seed,
      tokenDropout: 0.1)
  }

  private func train(_ recipe: Recipe, state: URL? = nil, stoppingAt stop: Int? = nil) throws
    -> Trainer
  {
    let trainer = try Trainer(recipe, stateFile: state)
    var code = Fault.interrupted.code
    do throws(Fault) {
      try trainer.run { (progress: TrainingProgress) throws(Fault) in
        guard let stop, progress.step == stop else { return }
        throw Fault.interrupted
      }
    } catch {
      code = error.code
      if stop == nil { throw error }
    }
    #expect(code == Fault.interrupted.code)
    return trainer
  }

  @Test(arguments: [Objective.causal, .masked])
  func sameSeedGivesSameBits(_ objective: Objective) throws {
    let first = try train(recipe(objective))
    let second = try train(recipe(objective))
    #expect(first.losses == second.losses)
    let other = try train(recipe(objective, seed: 2))
    #expect(first.losses != other.losses)
  }

  @Test(arguments: [Objective.causal, .masked])
  func resumedRunEqualsUninterruptedOne(_ objective: Objective) throws {
    let state = folder.url.appendingPathComponent("state.safetensors")
    let whole = try train(recipe(objective))
    let stopped = try train(recipe(objective), state: state, stoppingAt: 3)
    #expect(stopped.losses.count == 3)
    let resumed = try train(recipe(objective), state: state)
    #expect(resumed.losses == whole.losses)
    let place = folder.url.appendingPathComponent("resumed")
    let twin = folder.url.appendingPathComponent("whole")
    try resumed.trained(purpose: "").write(to: place, overwrite: false)
    try whole.trained(purpose: "").write(to: twin, overwrite: false)
    for name in ["model.safetensors", "config.json", "tokenizer.json"] {
      let first = try Data(contentsOf: place.appendingPathComponent(name))
      let second = try Data(contentsOf: twin.appendingPathComponent(name))
      #expect(first == second)
    }
  }

  @Test func stateOfAnotherRecipeIsRefused() throws {
    let state = folder.url.appendingPathComponent("state.safetensors")
    _ = try train(recipe(), state: state, stoppingAt: 2)
    let error = #expect(throws: Fault.self) { try train(recipe(rate: 1e-3), state: state) }
    #expect(error?.code == "other-recipe")
    #expect(error?.message.contains("optimiser") == true)
  }

  @Test func lossFalls() throws {
    var longer = recipe(rate: 1e-2)
    longer.optimiser.steps = 150
    longer.optimiser.warmup = 10
    longer.tokenDropout = 0
    longer.data.repeats = 0
    let losses = try train(longer).losses
    let start: Float = losses.prefix(5).reduce(0, +) / 5
    let end: Float = losses.suffix(5).reduce(0, +) / 5
    #expect(start > 5)
    // Three choices of four, two and four words are left: about 0.6 nats a token.
    #expect(end < 1.2)
  }

  @Test func divergenceIsSaidAndTheLastStateKept() throws {
    let state = folder.url.appendingPathComponent("state.safetensors")
    var wild = recipe(rate: 1e30)
    wild.optimiser.steps = 50
    let error = #expect(throws: Fault.self) { try train(wild, state: state) }
    #expect(error?.code == "diverged")
    #expect(error?.help?.contains("lower rate") == true)
  }

  @Test func impossibleRecipesAreRefused() throws {
    var bad = recipe()
    bad.model.heads = 3
    #expect(throws: Fault.self) { try bad.check() }
    bad = recipe()
    bad.optimiser.warmup = 100
    #expect(throws: Fault.self) { try bad.check() }
    bad = recipe()
    bad.data.vocabulary = 10
    #expect(throws: Fault.self) { try Trainer(bad, stateFile: nil) }
    try "only one line".write(to: text, atomically: true, encoding: .utf8)
    let error = #expect(throws: Fault.self) { try Trainer(recipe(), stateFile: nil) }
    #expect(error?.code == "too-little-data")
  }

  @Test func folderIsACheckpointThatLoads() throws {
    let trainer = try train(recipe())
    let place = folder.url.appendingPathComponent("model")
    try trainer.trained(purpose: "a test").write(to: place, overwrite: false)
    let model = try Model(contentsOf: place)
    #expect(model.parameterCount == ModelCard(in: place)?.parameters)
    let ids = try model.tokenizer()?.encode("the cat").ids
    #expect(ids?.first == 0)
    #expect(throws: Fault.self) {
      try trainer.trained(purpose: "").write(to: place, overwrite: false)
    }
    try trainer.trained(purpose: "again").write(to: place, overwrite: true)
    #expect(ModelCard(in: place)?.purpose == "again")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
    #expect(!names.contains { $0.hasPrefix(".sonde") })
  }

  @Test func foreignFolderIsNeverReplaced() throws {
    let error = #expect(throws: Fault.self) {
      try train(recipe()).trained(purpose: "").write(to: folder.url, overwrite: true)
    }
    #expect(error?.code == "not-replaced")
    #expect(FileManager.default.fileExists(atPath: text.path))
  }
}
