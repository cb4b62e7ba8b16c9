import Faults
import Foundation
import Training
import Transformers

/// The time of a training step: batch, forward, backward, clipping and AdamW.
enum TrainingBench {
  /// What a step is: a causal model of four layers over 16 rows of 128 tokens, as `tiny-lm` is
  /// trained.
  private static let recipe = Recipe(
    name: "bench", model: ModelPlan(layers: 4, heads: 4, width: 128, context: 128),
    objective: .causal, data: DataPlan(source: .english(mixture: [:])),
    optimiser: OptimiserPlan(steps: 80, batch: 16, rate: 1e-3, warmup: 10))

  /// The median of the steps behind the first few.
  static func seconds() throws -> Double {
    let trainer = try Trainer(recipe, stateFile: nil)
    var ends: [Double] = []
    try trainer.run { progress throws(Fault) in ends.append(progress.seconds) }
    let times = zip(ends.dropFirst(20), ends.dropFirst(19)).map { $0 - $1 }.sorted()
    return times[times.count / 2]
  }
}
