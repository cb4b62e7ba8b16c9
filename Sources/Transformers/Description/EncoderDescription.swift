/// The encoder of a model that has both stacks: what reads the source, in both directions.
public struct EncoderDescription: Sendable {
  /// How source tokens become the stream that enters the first block.
  public var embedding: EmbeddingDescription
  /// The blocks, first to last.
  public var blocks: [BlockDescription]
  /// The norm behind the last block, where there is one.
  public var finalNorm: NormDescription?

  /// A description from its parts.
  public init(
    embedding: EmbeddingDescription, blocks: [BlockDescription], finalNorm: NormDescription?
  ) {
    self.embedding = embedding
    self.blocks = blocks
    self.finalNorm = finalNorm
  }
}

/// Attention from a decoder block to what the encoder gave, between the block's own attention and
/// its MLP.
public struct CrossDescription: Sendable {
  /// What attention does; it sees every source token.
  public var attention: AttentionDescription
  /// Where it is normalised.
  public var norms: BranchNorms

  /// A description from its parts.
  public init(attention: AttentionDescription, norms: BranchNorms) {
    self.attention = attention
    self.norms = norms
  }
}

extension ModelDescription {
  /// The blocks of a side; a model with one stack has only a decoder.
  public func blocks(of stack: Stack) -> [BlockDescription] {
    stack == .encoder ? encoder?.blocks ?? [] : blocks
  }

  /// The sides that the model has, in the order in which they run.
  public var stacks: [Stack] { encoder == nil ? [.decoder] : [.encoder, .decoder] }

  /// What stands before a layer of a side in an address: nothing in a model with one stack.
  public func addressed(_ stack: Stack) -> Stack? { encoder == nil ? nil : stack }
}
