import Faults
import Foundation
import Language
import Training
import Transformers

extension Workbench {
  /// Commands that make models.
  var trainingCommands: [Builtin] { [trainCommand, resumeCommand] }

  /// Runs a recipe to its end, writes the model and measures it.
  func train(
    _ recipe: Recipe, to folder: String, purpose: String, overwrite: Bool, context: Context
  ) throws(Failure) -> Value {
    let place = TrainingPlace(
      URL(fileURLWithPath: try context.pathForWriting(folder, argument: "to")))
    // The state lies beside the folder, which is outside where the folder is the working one.
    if context.options.scratchDirectory == nil {
      _ = try context.pathForWriting(place.state.path, argument: "to")
    }
    return try faultsAsFailures { () throws(Fault) in
      try place.check(overwrite: overwrite)
      let trainer = try Trainer(recipe, stateFile: place.state)
      do throws(Fault) {
        try trainer.run { progress throws(Fault) in
          context.output.progress(progress.step, of: progress.steps, progress.label)
          if context.interruption.isRequested { throw .interrupted }
        }
      } catch {
        if error.isInterruption {
          let done = trainer.losses.count
          context.print(
            "stopped behind step \(done) and saved;   resume \(Value.quoted(folder))   goes on")
        }
        throw error
      }
      let model = try place.finish(
        try trainer.trained(purpose: purpose), recipe, overwrite: overwrite)
      return TrainingReport(folder: folder, card: model.card, losses: trainer.losses).value
    }
  }
}

extension TrainingProgress {
  /// What stands beside the progress bar.
  var label: String {
    "loss \(NumberText.rounded(loss)), rate \(NumberText.rounded(rate))"
  }
}

/// What a training run came to, as a value.
private struct TrainingReport {
  let folder: String
  let card: ModelCard
  let losses: [Float]

  var value: Value {
    .record(
      ("name", .string(card.recipe.name)), ("folder", .string(folder)),
      ("steps", .int(losses.count)), ("loss", .number(card.trainingLoss)),
      ("losses", .table(curve)), ("scores", .table(card.scoreTable)))
  }

  private var curve: Table {
    Table([
      Table.Column("step", losses.indices.map { .int($0 + 1) }),
      Table.Column("loss", losses.map { .number(Double($0)) }),
    ])
  }
}

extension ModelCard {
  /// The scores, and whether each is what it should be.
  var scoreTable: Table {
    let wanted = scores.map { score in score.wanted.map(Value.number) ?? .null }
    let reached: [Value] = scores.map { $0.wanted == nil ? .null : .bool($0.isReached) }
    return Table([
      Table.Column("score", scores.map { .string($0.name) }),
      Table.Column("value", scores.map { .number($0.value) }),
      Table.Column("wanted", wanted), Table.Column("reached", reached),
      Table.Column("cases", scores.map { .int($0.count) }),
    ])
  }
}
