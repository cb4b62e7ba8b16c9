import Language

extension Workbench {
  /// What a head is: its weights, its rules, its card.
  var headCommands: [Builtin] {
    [
      scorePartsCommand, headWeightsCommand, communicationRulesCommand, redundancyCommand,
      headCardCommand,
    ]
  }
}
