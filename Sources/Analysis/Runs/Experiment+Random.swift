import Faults
import Transformers

extension Experiment {
  /// The same measurement on the model with random numbers in place of its own, under the same
  /// interventions: what comes out where nothing was learnt.
  ///
  /// - Throws: `Fault` when the numbers cannot be made.
  public func randomised(seed: UInt64) throws(Fault) -> Experiment {
    let random = model.randomised(seed: seed)
    return Experiment(
      model: random, runtime: try random.runtime(runtime.precision), active: active)
  }
}
