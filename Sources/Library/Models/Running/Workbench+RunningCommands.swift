import Language

extension Workbench {
  var runningCommands: [Builtin] {
    [predictCommand, generateCommand, captureCommand, attentionCommand]
  }
}
