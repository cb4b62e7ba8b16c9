import Faults
import Foundation
import Transformers

/// Where a training run leaves its model, and keeps its state until then.
public struct TrainingPlace {
  /// The folder of the finished model.
  public let folder: URL

  /// A place for a model.
  public init(_ folder: URL) {
    self.folder = folder.standardizedFileURL
  }

  /// The file that the state lies in while the run goes on.
  public var state: URL {
    folder.deletingLastPathComponent()
      .appendingPathComponent(folder.lastPathComponent + ".training.safetensors")
  }

  /// Checks, before hours are spent, that the model can be put there.
  ///
  /// - Throws: `Fault` when something is there that must stay, or nothing can be written.
  public func check(overwrite: Bool) throws(Fault) {
    let manager = FileManager.default
    let parent = folder.deletingLastPathComponent()
    do {
      try manager.createDirectory(at: parent, withIntermediateDirectories: true)
    } catch {
      throw Fault(
        "cannot-write", "\(parent.path) cannot be made: \(error.localizedDescription)")
    }
    guard manager.isWritableFile(atPath: parent.path) else {
      throw Fault("cannot-write", "\(parent.path) cannot be written")
    }
    try TrainedModel.checkReplacing(folder, overwrite: overwrite)
  }

  /// Writes the model, measures what lies there, and writes the scores into its card; the state
  /// goes.
  ///
  /// - Throws: `Fault` when it cannot be written or read back.
  public func finish(_ model: TrainedModel, _ recipe: Recipe, overwrite: Bool)
    throws(Fault) -> TrainedModel
  {
    // Measured on a copy of its own, so that an unfinished card is never found.
    let trial = folder.deletingLastPathComponent()
      .appendingPathComponent(".\(folder.lastPathComponent)-measured")
    try? FileManager.default.removeItem(at: trial)
    defer { try? FileManager.default.removeItem(at: trial) }
    try model.write(to: trial, overwrite: false)
    var measured = model
    measured.card.scores = try ModelScores.measure(trial, recipe)
    try measured.write(to: folder, overwrite: overwrite)
    try? FileManager.default.removeItem(at: state)
    return measured
  }
}

extension Recipe {
  /// The recipe of a run whose state was saved.
  ///
  /// - Throws: `Fault` when the file is no state.
  public init(savedIn state: URL) throws(Fault) {
    self = try TrainingState.recipe(in: state)
  }
}
