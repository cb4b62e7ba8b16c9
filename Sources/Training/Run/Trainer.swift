import Faults
import Foundation
import Tensors
import Transformers

/// Trains a model by a recipe, step by step, so that it can be stopped and resumed anywhere.
public final class Trainer {
  /// The recipe.
  public let recipe: Recipe
  private let setup: TrainingSetup
  private var batches: any BatchMaker
  private var state: TrainingState
  private let stateFile: URL?
  /// Gradients of the last step, whose memory the next one writes over.
  private var spare: [String: Tensor<Float>] = [:]

  /// How often the state is saved while the run goes on, in seconds.
  private static let savePause = 30.0
  /// How many losses the reported one is the mean of.
  private static let lossWindow = 50

  /// A run by a recipe, from where it was stopped if a state lies in `stateFile`.
  ///
  /// - Parameter stateFile: Where the state is kept, or nil to keep none.
  /// - Throws: `Fault` when the recipe is impossible, or the saved state is another recipe's.
  public init(_ recipe: Recipe, stateFile: URL?) throws(Fault) {
    try recipe.check()
    self.recipe = recipe
    self.stateFile = stateFile
    setup = try TrainingSetup(recipe)
    batches = setup.batches
    let start = setup.trainable.start
    if let stateFile, FileManager.default.fileExists(atPath: stateFile.path) {
      state = try TrainingState.read(stateFile, for: recipe, like: start)
    } else {
      state = TrainingState(
        recipe: recipe, store: start, optimiser: AdamW(recipe.optimiser, for: start), losses: [])
    }
  }

  /// The loss of every step so far, in nats.
  public var losses: [Float] { state.losses }

  /// The model as it is now, ready to be written.
  ///
  /// - Parameter purpose: What it is for, in one line.
  /// - Throws: `Fault` never in practice: the shape was checked.
  public func trained(purpose: String) throws(Fault) -> TrainedModel {
    try TrainedModel(
      setup: setup, store: state.store,
      card: ModelCard(
        purpose: purpose, recipe: recipe, parameters: state.store.count,
        trainingLoss: recentLoss))
  }

  /// Runs the steps that are left, and saves the state now and then, at the end, and when it is
  /// stopped.
  ///
  /// - Parameter report: Called after each step; it stops the run by throwing.
  /// - Throws: What `report` throws, and `Fault` when the loss is no number any more (the state
  ///   that was saved last is kept) or the state cannot be saved.
  public func run(_ report: (TrainingProgress) throws(Fault) -> Void) throws(Fault) {
    let began = Date.now
    let first = state.step
    var saved = began
    while state.step < recipe.optimiser.steps {
      do {
        try step()
        let now = Date.now
        let seconds = now.timeIntervalSince(began)
        let pace = seconds / Double(state.step - first)
        if now.timeIntervalSince(saved) > Self.savePause {
          try save()
          saved = now
        }
        try report(
          TrainingProgress(
            step: state.step, steps: recipe.optimiser.steps, loss: recentLoss,
            rate: recipe.optimiser.rate(at: state.step - 1), seconds: seconds,
            secondsLeft: pace * Double(recipe.optimiser.steps - state.step)))
      } catch {
        if error.isInterruption { try save() }
        throw error
      }
    }
    try save()
  }

  private var recentLoss: Double {
    let recent = state.losses.suffix(Self.lossWindow)
    return recent.reduce(0) { $0 + Double($1) } / Double(max(recent.count, 1))
  }

  private func save() throws(Fault) {
    if let stateFile { try state.save(to: stateFile) }
  }

  private func step() throws(Fault) {
    let number = state.step
    let batch = try batches.batch(step: number)
    let (loss, gradients) = try gradients(of: batch)
    // The gradients may be of a run that was cut short.
    if Workers.cancellation() { throw .interrupted }
    let norm = loss.isFinite ? state.move(by: gradients) : .nan
    guard norm.isFinite else { throw diverged(at: number) }
    spare = gradients
    state.losses.append(loss)
  }

  /// The mean loss of a batch, and its gradient; no reference to the parameters is left behind.
  private func gradients(of batch: TrainingBatch) throws(Fault) -> (
    Float, [String: Tensor<Float>]
  ) {
    let weights = try setup.trainable.model.weights(from: state.store, as: Float.self)
    let spare = spare
    self.spare = [:]
    var loss: Float = 0
    let result = try weights.differentiate(
      GradientRequest(batch.batch, output: batch.output, parameters: .all), reusing: spare
    ) { logits, _ throws(Fault) in
      let (own, gradient) = try TrainingLoss.loss(logits, batch)
      loss = own
      return gradient
    }
    return (loss, result.parameters)
  }

  private func diverged(at step: Int) -> Fault {
    let kept =
      stateFile.map { FileManager.default.fileExists(atPath: $0.path) } == true
      ? "the state that was saved last is kept" : "nothing was saved yet"
    return Fault(
      "diverged", "the loss is no number any more at step \(step + 1): the run diverged; \(kept)",
      help: "train with a lower rate (it is \(recipe.optimiser.rate)), or a longer warm-up")
  }
}
