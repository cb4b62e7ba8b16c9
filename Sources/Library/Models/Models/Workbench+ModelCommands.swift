import Language

extension Workbench {
  var modelCommands: [Builtin] { [loadCommand, useCommand, modelsCommand, infoCommand] }
}
