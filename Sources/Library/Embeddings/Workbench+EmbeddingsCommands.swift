import Language

extension Workbench {
  /// Embeddings, positions and mixing of streams.
  var embeddingCommands: [Builtin] { [] }
}
