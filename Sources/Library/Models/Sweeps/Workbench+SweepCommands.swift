import Language

extension Workbench {
  var sweepCommands: [Builtin] {
    [
      sweepCommand, addressCommand, headsCommand, layersCommand, residualsCommand, neuronsCommand,
      positionsCommand,
    ]
  }
}
