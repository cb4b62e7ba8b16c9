import Faults
import Foundation
import Language
import Training
import Transformers

extension Workbench {
  var resumeCommand: Builtin {
    Builtin(
      "resume", "Goes on with a training run that was stopped.",
      Parameter<String>("to", "The folder that the run is to write.", .piped),
      Parameter<String>("purpose", "What the model is for, in one line.", .named, default: ""),
      Parameter<Bool>(
        "overwrite", "Whether a model there may be replaced.", .named, default: false),
      returns: "record", family: .training, alsoFoundAs: ["continue", "restart"], writesFiles: true,
      details: """
        The recipe and all else comes from the state beside the folder. The run gives the same \
        numbers as one that was never stopped.
        """,
      examples: [
        Example(
          #"resume "nowhere""#, shows: "There must be something to go on with.",
          gives: .fails("nothing-to-resume"))
      ]
    ) { [self] context, folder, purpose, overwrite throws(Failure) in
      let place = URL(fileURLWithPath: try context.pathForWriting(folder, argument: "to"))
      let state = TrainingPlace(place).state
      guard FileManager.default.fileExists(atPath: state.path) else {
        throw Failure(
          "nothing-to-resume", "no training run was stopped at \(folder)", argument: "to",
          notes: ["looked for \(state.path)"], help: "begin one with   train")
      }
      let recipe = try faultsAsFailures("to") { () throws(Fault) in try Recipe(savedIn: state) }
      return try train(
        recipe, to: folder, purpose: purpose, overwrite: overwrite, context: context)
    }
  }
}
