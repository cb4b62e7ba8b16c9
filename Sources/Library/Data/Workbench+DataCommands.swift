import Language

extension Workbench {
  /// Corpora and what is gathered from runs on them.
  var dataCommands: [Builtin] {
    [
      corpusCommand, sampleCommand, trainTestSplitCommand, sentencesCommand, alignmentCommand,
      gatherCommand, loadActivationsCommand,
    ]
  }
}
