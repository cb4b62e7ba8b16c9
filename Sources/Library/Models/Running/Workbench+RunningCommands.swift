import Language

extension Workbench {
  var runningCommands: [Builtin] {
    [predictCommand, generateCommand, captureCommand, gradientCommand, attentionCommand]
  }
}
