import Language

extension Workbench {
  /// Distances between representations, and pictures of them.
  var similarityCommands: [Builtin] { [similarityCommand, pcaCommand, tsneCommand] }
}
