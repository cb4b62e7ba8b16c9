import Language

extension Workbench {
  var promptCommands: [Builtin] {
    [
      promptCommand, batchCommand, tokensCommand, maskCommand, dropCommand, swapCommand,
      shuffleCommand,
    ]
  }
}
