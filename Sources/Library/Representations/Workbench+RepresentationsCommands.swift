import Language

extension Workbench {
  /// What vectors hold of their tokens, from layer to layer.
  var representationCommands: [Builtin] {
    [
      mutualInformationCommand, modelDistanceCommand, amountOfChangeCommand,
      amountOfInfluenceCommand, preservationCommand,
    ]
  }
}
