import Language

extension Workbench {
  /// What flows through attention, and whether it matters.
  var importanceCommands: [Builtin] {
    [
      rolloutCommand, attentionFlowCommand, attentionGradientCommand, explanationCheckCommand,
      attentionProbeCommand, transmissionCommand, attentionAgreementCommand,
      attentionPairCommand,
    ]
  }
}
