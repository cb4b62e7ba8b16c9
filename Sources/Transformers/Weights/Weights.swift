import Tensors

/// A norm with its numbers.
public struct NormWeights<Element: Scalar>: Sendable {
  /// What kind of norm it is.
  public var description: NormDescription
  /// The gain, [width].
  public var gain: Parameter<Element>
  /// The bias, [width], where there is one.
  public var bias: Parameter<Element>?
}

/// The norms round one branch of a block, with their numbers.
public struct BranchNormWeights<Element: Scalar>: Sendable {
  var input: NormWeights<Element>?
  var output: NormWeights<Element>?
  var stream: NormWeights<Element>?
}

/// One block with its numbers.
public struct BlockWeights<Element: Scalar>: Sendable {
  var description: BlockDescription
  var attentionNorms: BranchNormWeights<Element>
  var mlpNorms: BranchNormWeights<Element>
  /// The projections of attention; `attentionOutput` reads [head × headWidth].
  public var query: Projection<Element>
  /// The key projection, one row of outputs for each group.
  public var key: Projection<Element>
  /// The value projection, one row of outputs for each group.
  public var value: Projection<Element>
  /// The output projection of attention.
  public var attentionOutput: Projection<Element>
  var queryNorm: NormWeights<Element>?
  var keyNorm: NormWeights<Element>?
  var rotary: RotaryWeights<Element>?
  var cross: CrossWeights<Element>?
  var mlpInput: Projection<Element>
  var mlpGatedInput: Projection<Element>?
  var mlpOutput: Projection<Element>
}

/// Attention to the encoder's output, with its numbers.
public struct CrossWeights<Element: Scalar>: Sendable {
  var description: CrossDescription
  var norms: BranchNormWeights<Element>
  var query: Projection<Element>
  var key: Projection<Element>
  var value: Projection<Element>
  var output: Projection<Element>
}

/// What makes tokens of images, with its numbers.
public struct PatchWeights<Element: Scalar>: Sendable {
  var projection: Projection<Element>
  var leading: [Parameter<Element>]
}

/// What turns tokens into the stream that enters the first block.
struct EmbeddingWeights<Element: Scalar>: Sendable {
  var description: EmbeddingDescription
  var tokens: Parameter<Element>
  var positions: Parameter<Element>?
  var segments: Parameter<Element>?
  var patches: PatchWeights<Element>?
  var norm: NormWeights<Element>?
}

/// The encoder of a model with two stacks, with its numbers.
public struct EncoderWeights<Element: Scalar>: Sendable {
  var embedding: EmbeddingWeights<Element>
  /// The blocks, first to last.
  public var blocks: [BlockWeights<Element>]
  var finalNorm: NormWeights<Element>?
}

/// The way to the logits, with its numbers.
public struct OutputWeights<Element: Scalar>: Sendable {
  var transform: (dense: Projection<Element>, activation: Activation, norm: NormWeights<Element>?)?
  /// The vocabulary product.
  public var vocabulary: Projection<Element>
  var softCap: Double?
  /// The classes, where the logits stand for classes.
  var classification: ClassificationDescription?
}

/// A model with its numbers, in one precision.
public struct Weights<Element: Scalar>: Sendable {
  /// What the model is.
  public var description: ModelDescription
  /// The token table, [vocabulary, width].
  public var tokens: Parameter<Element>
  var positions: Parameter<Element>?
  var segments: Parameter<Element>?
  var embeddingNorm: NormWeights<Element>?
  /// The blocks, first to last.
  public var blocks: [BlockWeights<Element>]
  var finalNorm: NormWeights<Element>?
  /// The way to the logits; nil for a bare body.
  public var output: OutputWeights<Element>?
  /// The encoder, in a model with two stacks.
  public var encoder: EncoderWeights<Element>?
  /// What makes tokens of images, in a model that reads images.
  public var patches: PatchWeights<Element>?

  /// What turns the tokens of the (decoder's) stack into its first stream.
  var embedding: EmbeddingWeights<Element> {
    EmbeddingWeights(
      description: description.embedding, tokens: tokens, positions: positions,
      segments: segments, patches: patches, norm: embeddingNorm)
  }
}
