import Language

extension Workbench {
  /// Embeddings, positions and mixing of streams.
  var embeddingCommands: [Builtin] {
    [
      cosineCommand, positionEncodingCommand, equivarianceCommand, contextualizationCommand,
      gradientReachCommand, axisAlignmentCommand, streamMixingCommand, attentionNormsCommand,
      mixingRatioCommand,
    ]
  }
}
