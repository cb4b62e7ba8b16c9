import Language

extension Workbench {
  /// What heads look at, over a corpus.
  var attentionCommands: [Builtin] {
    [
      attentionMassCommand, attentionEntropyCommand, attentionConfidenceCommand,
      attentionPatternsCommand, headRolesCommand, dependencyHeadsCommand, coreferenceHeadsCommand,
      headDistancesCommand,
      compareHeadsCommand,
    ]
  }
}
