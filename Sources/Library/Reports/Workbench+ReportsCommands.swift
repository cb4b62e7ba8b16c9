import Language

extension Workbench {
  /// Pages that show a whole analysis.
  var reportCommands: [Builtin] { [reportCommand] }
}
